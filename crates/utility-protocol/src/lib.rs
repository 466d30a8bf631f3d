//! What the Bestow Service Account app and the agent say to each other, and where.
//!
//! * [`place`]: where the agent listens;
//! * [`frame`]: the bytes of one message; [`message`]: what it says;
//! * [`client`]: the app's side of a conversation.
//!
//! A conversation is one request and its answers. Both sides use this crate and nothing else of each other. It decides nothing,
//! and a password passes through it in memory that is wiped, never through a parser.

pub mod client;
pub mod frame;
pub mod message;
pub mod place;
