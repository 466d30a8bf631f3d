//! `bestow vault`: what the vault keeps by serial number, and what a server's operator does with its keys.

mod enter;
mod hold;
mod import;
mod kind;
mod lift_hold;
mod line;
mod lines;
mod retention;
mod reveal;
mod rewrap;
mod sealed;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Look at what the vault keeps by serial number, also of Macs that are gone; hold it; and look after its keys
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lines(lines::Args),
    Line(line::Args),
    Reveal(reveal::Args),
    Sealed(sealed::Args),
    Enter(enter::Args),
    Import(import::Args),
    Hold(hold::Args),
    LiftHold(lift_hold::Args),
    Retention(retention::Args),
    Rewrap(rewrap::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::Lines(args) => lines::run(args, session).await,
        Command::Line(args) => line::run(args, session).await,
        Command::Reveal(args) => reveal::run(args, session).await,
        Command::Sealed(args) => sealed::run(args, session).await,
        Command::Enter(args) => enter::run(args, session).await,
        Command::Import(args) => import::run(args, session).await,
        Command::Hold(args) => hold::run(args, session).await,
        Command::LiftHold(args) => lift_hold::run(args, session).await,
        Command::Retention(args) => retention::run(args, session).await,
        Command::Rewrap(args) => rewrap::run(args).await,
    }
}
