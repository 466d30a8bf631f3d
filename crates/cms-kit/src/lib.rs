//! Cryptographic Message Syntax (RFC 5652) as far as Bestow needs it: [`open`] and [`seal`] an EnvelopedData for a
//! [`Recipient`], whose certificate a configuration profile carries.
//!
//! [`ber`] reads what Apple's tools write, here and for the signatures of Macs.
//!
//! The ASN.1 types are those of the crate `cms`; what is done with them is here. It knows neither files nor messages, and
//! draws no randomness of its own.

pub mod ber;
mod content_cipher;
mod enveloped;
mod recipient;

pub use enveloped::{OpenError, SealError, open, seal};
pub use recipient::{Recipient, RecipientError};
