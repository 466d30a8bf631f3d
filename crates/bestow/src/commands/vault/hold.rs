//! `bestow vault hold`

use super::kind::LineOf;
use super::line::tell;
use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Set a legal hold: nothing of the line is destroyed until it is lifted
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    line: LineOf,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let line = &args.line;
    let answer = client
        .set_legal_hold(&line.serial_number, &line.kind, &args.reason)
        .await?;
    tell(&answer, session)
}
