//! The local administrator on simulated Macs: made, given other passwords, and never with one that nobody knows.

mod crashes;
mod life;
mod vault;
