//! Apple's protocol for device management, as much as the escrow of bootstrap tokens needs: the profile by which a Mac enrols
//! ([`profile`]) with an identity of its own ([`identity`]), what it says at check-in ([`check_in`]) and when it asks for
//! commands ([`poll`]), and the signature by which each request is known ([`signature`]).
//!
//! It is pure: no input or output, no clock, no randomness of its own but what encoders of others salt with. It knows neither SQL
//! nor HTTP, and decides nothing: whose identity counts and what becomes of a token is said elsewhere.

pub mod check_in;
pub mod identity;
pub mod poll;
pub mod profile;
mod property_list;
pub mod signature;

pub use property_list::{LONGEST as LONGEST_MESSAGE, PropertyListError};
