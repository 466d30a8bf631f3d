//! `bestow vault reveal`

use super::kind::LineOf;
use crate::cli::Session;
use crate::commands::shown_secret::{Asked, tell};
use crate::exit::{Exit, Failure};

/// Show what is kept, by the serial number of its Mac, which may be gone, once; who saw it and why is noted
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
    let answer = client
        .reveal_vault_line(
            &line.serial_number,
            &line.kind,
            args.asked.version,
            &args.asked.reason,
        )
        .await?;
    tell(&answer, session)
}
