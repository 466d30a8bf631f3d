//! The simulated Mac: a model of macOS as far as Secure Tokens, FileVault and accounts go, and programs
//! named like Apple's tools that act on it. It is the other side of every test, so it must never know the
//! code that it tests: no rule and no parser of the agent, the server or the domain crate is used here, and
//! nothing here decides what *should* be done to a Mac. Everything is written from what Macs were seen to do.

mod cli;
pub mod front;
pub mod model;
mod program;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod tools;

pub use front::home::{HomeError, MacHome};
pub use model::mac::Mac;
pub use program::{Program, program};
