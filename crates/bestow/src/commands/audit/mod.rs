//! `bestow audit`: who did what, when, to which device, and whether that log is whole.

mod export;
mod list;
mod new_key;
mod verify;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Show the audit log: who did what, when, to which device
///
/// Of an id the last part is shown; --json has it whole.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(flatten)]
    list: list::Wanted,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Export(export::Args),
    Verify(verify::Args),
    NewKey(new_key::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        None => list::run(args.list, session).await,
        Some(Command::Export(args)) => export::run(args, session).await,
        Some(Command::Verify(args)) => verify::run(&args, session),
        Some(Command::NewKey(args)) => new_key::run(args).await,
    }
}
