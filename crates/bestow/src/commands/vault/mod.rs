//! `bestow vault`: what a server's operator does with the keys of its vault, on the server's own machine.

mod rewrap;

use clap::Subcommand;

use crate::exit::{Exit, Failure};

/// Look after the keys that encrypt what agents escrow, on the server's own machine
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Rewrap(rewrap::Args),
}

/// Runs the command.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    match args.command {
        Command::Rewrap(args) => rewrap::run(args).await,
    }
}
