//! `bestow local-administrator`: the account for people on every Mac, and what the vault keeps of its password.

mod policy;
mod replace;
mod reveal;
mod show;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Decide whether each Mac has a local administrator (LAPS); show its password, or have it replaced
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Policy(policy::Args),
    Show(show::Args),
    Reveal(reveal::Args),
    Replace(replace::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::Policy(args) => policy::run(args, session).await,
        Command::Show(args) => show::run(args, session).await,
        Command::Reveal(args) => reveal::run(args, session).await,
        Command::Replace(args) => replace::run(args, session).await,
    }
}
