//! Talks to the server: requests, one of which waits for a ring.

mod client;
mod doorbell;
mod transport;

pub use client::{Client, Refused};
pub use doorbell::Doorbell;
pub use transport::{TransportError, http_client};
