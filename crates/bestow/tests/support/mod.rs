//! What end-to-end tests need: the real program as server, agents and commands, each in a process of its own; simulated
//! Macs; and a way to hold and cut what agent and server say to each other.

pub mod child;
pub mod command;
pub mod hold;
pub mod http;
pub mod mac;
pub mod plugin;
pub mod screen;
pub mod search;
pub mod server;
pub mod site;
pub mod terminal;
pub mod wait;

use std::path::Path;

/// The program under test. The simulated tools and the agents are the same file under other names.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_bestow"))
}
