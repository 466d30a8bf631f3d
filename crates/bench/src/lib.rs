//! Load on a real server, and what it costs.
//!
//! * [`api`]: the public API, as a program uses it;
//! * [`fleet`]: many agents in one process, each with keys, a connection and a simulated Mac of its own.
//!
//! This crate stands outside: it speaks to the server as agents, people and programs do. It must never decide what is
//! right; tests that use its fleet compare with the simulated Macs themselves.

pub mod api;
pub mod fleet;
