//! `bestow vault sealed`

use super::kind::LineOf;
use crate::cli::Session;
use crate::commands::shown_secret::{Asked, hand_over};
use crate::exit::{Exit, Failure};

/// Write a secret of a line that the server cannot read to standard output, sealed, for bestow open-escrow
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    line: LineOf,
    #[command(flatten)]
    asked: Asked,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let line = &args.line;
    let sealed = client
        .sealed_vault_line(
            &line.serial_number,
            &line.kind,
            args.asked.version,
            &args.asked.reason,
        )
        .await?;
    hand_over(&sealed, session)
}
