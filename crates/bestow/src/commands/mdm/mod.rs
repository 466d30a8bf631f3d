//! `bestow mdm`: Bestow's own device management of a Mac, which brings its bootstrap token into the vault.

mod profile;
mod show;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Enrol a Mac with Bestow's own device management, and show what is kept of its bootstrap token
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Args),
    Profile(profile::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::Show(args) => show::run(args, session).await,
        Command::Profile(args) => profile::run(args, session).await,
    }
}
