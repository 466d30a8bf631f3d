//! The `bestow` program: the commands of administrators, `serve` and `demo`.
//!
//! The commands speak the public API only. They know neither the server's inside nor its store, and no Apple tool;
//! what they do, programs of other people can do as well. Just `serve` and `demo` put the parts together.

mod cli;
mod client;
mod commands;
mod edge;
mod exit;
mod known_devices;
mod output;
mod passwords;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::note(&format!("start: {error}"));
            return exit::Exit::NoAnswer.into();
        }
    };
    runtime.block_on(cli.run()).into()
}
