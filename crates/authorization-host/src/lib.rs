//! The other side of an authorization plug-in: it loads one and plays macOS's authorization engine to it. For tests and
//! simulated Macs only; nothing that runs on a Mac depends on it.
//!
//! It must never know the plug-in that it loads. Its declarations of Apple's interface are its own, so that a mistake on one
//! side shows on the other.
//!
//! * [`engine`]: one authorization, and what became of it;
//! * [`plugin`]: a library that was loaded, its mechanisms, and all `unsafe` of this crate;
//! * [`program`]: the same as a program, by whose exit a simulated login goes on or ends.

mod callbacks;
pub mod engine;
pub mod plugin;
pub mod program;
