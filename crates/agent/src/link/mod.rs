//! Talks to the server: requests, and the stream that rings.

mod client;
mod stream;
mod transport;

pub use client::{Client, Refused};
pub use stream::listen;
pub use transport::{TransportError, http_client};
