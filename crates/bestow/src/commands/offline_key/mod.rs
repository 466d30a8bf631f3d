//! `bestow offline-key`: the key that opens what the server cannot read.

mod new;

use clap::Subcommand;

use crate::exit::{Exit, Failure};

/// Make the organisation's offline key, on a machine without a network
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Args),
}

/// Runs the command.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    match &args.command {
        Command::New(args) => new::run(args),
    }
}
