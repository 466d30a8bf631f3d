//! The actions on an account that exists, on simulated Macs.

mod ends;
mod orders;
mod troubles;
mod walk;
