//! What the login plug-in says to the agent, and where: one login for each connection, over a socket on the same Mac.
//!
//! Both sides use this crate and nothing else of each other. It allocates nothing and never panics, because one side runs
//! inside macOS's login; it does no input or output, and must never know what a login is good for.
//!
//! * [`message`]: the bytes on the socket;
//! * [`place`]: where the socket and the plug-in lie.

pub mod message;
pub mod place;
