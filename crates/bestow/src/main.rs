//! The `bestow` program: the commands of administrators, `serve` and `demo`.
//!
//! The commands speak the public API only. They know neither the server's inside nor its store, and no Apple tool;
//! what they do, programs of other people can do as well. Just `serve` and `demo` put the parts together.

mod cli;
mod client;
mod commands;
#[cfg(feature = "demo")]
mod demo;
#[cfg(feature = "demo")]
mod demo_file;
mod edge;
mod exit;
mod known_devices;
mod listen;
mod logging;
mod named_file;
mod offline;
mod order;
mod output;
mod passwords;
mod private;
#[cfg(feature = "demo")]
mod program;
mod serve;
mod shutdown;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    #[cfg(feature = "demo")]
    if let Some(exit) = program::run_by_name() {
        return exit;
    }
    let cli = cli::Cli::parse();
    match cli.runtime() {
        Ok(runtime) => runtime.block_on(cli.run()).into(),
        Err(error) => {
            output::note(&format!("bestow: start: {error}"));
            exit::Exit::NoAnswer.into()
        }
    }
}
