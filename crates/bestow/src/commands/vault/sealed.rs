//! `bestow vault sealed`

use super::kind::LineOf;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::print_as_it_is;

/// Write a secret of a line that the server cannot read to standard output, sealed, for bestow open-escrow
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    line: LineOf,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Which version [default: the current one, or the newest]
    #[arg(long, value_name = "NUMBER")]
    version: Option<u32>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let line = &args.line;
    let sealed = client
        .sealed_vault_line(&line.serial_number, &line.kind, args.version, &args.reason)
        .await?;
    print_as_it_is(&sealed.json)?;
    Ok(Exit::Done)
}
