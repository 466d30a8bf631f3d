//! `bestow api-tokens`: which programs may ask, and for what.

mod create;
mod list;
mod revoke;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Say which programs may ask, and for what
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Create(create::Args),
    Revoke(revoke::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::List(args) => list::run(args, session).await,
        Command::Create(args) => create::run(args, session).await,
        Command::Revoke(args) => revoke::run(args, session).await,
    }
}
