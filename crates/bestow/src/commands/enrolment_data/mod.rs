//! `bestow enrolment-data`: who uses which Mac.

mod forget;
mod import;
mod link;
mod list;
mod mac;
mod set;
mod show;

use clap::Subcommand;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Bind people, attributes and collected passwords to Macs, for wildcards such as '%username%'
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Args),
    List(list::Args),
    Show(show::Args),
    Set(set::Args),
    Forget(forget::Args),
    Link(link::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::Import(args) => import::run(args, session).await,
        Command::List(args) => list::run(args, session).await,
        Command::Show(args) => show::run(args, session).await,
        Command::Set(args) => set::run(args, session).await,
        Command::Forget(args) => forget::run(args, session).await,
        Command::Link(args) => link::run(args, session).await,
    }
}
