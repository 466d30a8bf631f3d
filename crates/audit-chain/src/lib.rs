//! The audit log as a chain that can be checked without the server: each entry's hash covers the one before it, and now and
//! then the server signs where the chain stands.
//!
//! [`Head`] is where a chain stands, [`Checkpoint`] that with a signature, [`Line`] a line of an export, [`Verifier`] reads one.
//! An entry that is changed, left out, put in or moved breaks the chain at its place. What is cut off behind the last signature
//! that somebody has seen cannot be told from what never was: keep exports.
//!
//! This crate does no I/O, reads no clock and draws no randomness. It knows neither SQL nor HTTP.

mod checkpoint;
mod entry;
mod head;
mod hex;
mod line;
mod verifier;

pub use checkpoint::{Checkpoint, Signer};
pub use entry::Entry;
pub use head::{Hash, Head};
pub use hex::{Hex, NotHex};
pub use line::Line;
pub use verifier::{Broken, Verified, Verifier};
