//! `bestow sessions`: who is signed in to the console.

mod end;
mod list;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Show who is signed in to the console, and sign somebody out
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    End(end::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::List(args) => list::run(args, session).await,
        Command::End(args) => end::run(args, session).await,
    }
}
