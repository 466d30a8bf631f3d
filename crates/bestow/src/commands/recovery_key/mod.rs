//! `bestow recovery-key`: what the vault keeps of a Mac's recovery key.

mod history;
mod reveal;
mod rotate;
mod schedule;
mod sealed;
mod show;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Show what is kept of a Mac's recovery key, every version of it, or the key itself; replace it, now or on a schedule
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Args),
    History(history::Args),
    Reveal(reveal::Args),
    Rotate(rotate::Args),
    Sealed(sealed::Args),
    Schedule(schedule::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::Show(args) => show::run(args, session).await,
        Command::History(args) => history::run(args, session).await,
        Command::Reveal(args) => reveal::run(args, session).await,
        Command::Rotate(args) => rotate::run(args, session).await,
        Command::Sealed(args) => sealed::run(args, session).await,
        Command::Schedule(args) => schedule::run(args, session).await,
    }
}
