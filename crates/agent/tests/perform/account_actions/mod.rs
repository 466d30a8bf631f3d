//! The actions on an account that exists, on simulated Macs.

mod ends;
mod orders;
mod passwords;
mod troubles;
mod walk;
