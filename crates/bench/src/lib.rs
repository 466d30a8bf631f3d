//! Load on a real server, and what it costs.
//!
//! * [`fleet`]: many agents in one process, each with keys, a connection and a simulated Mac of its own;
//! * [`stock`]: a store filled with devices without one request;
//! * [`measure`]: what is measured, one file for each line of work; it gives [`figure`]s, which [`table`] prints beside
//!   their bars;
//! * [`program`], [`server`], [`ground`], [`usage`]: the programs under load, and what their processes use;
//! * [`api`], [`console`]: the server's API and pages, as programs and people use them.
//!
//! This crate stands outside: it speaks to the server as agents, people and programs do. It must never decide what is
//! right; tests that use its fleet compare with the simulated Macs themselves.

pub mod api;
pub mod console;
pub mod figure;
pub mod fleet;
pub mod ground;
pub mod latency;
pub mod measure;
pub mod program;
pub mod server;
pub mod stock;
pub mod table;
pub mod usage;
