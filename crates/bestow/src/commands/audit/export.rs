//! `bestow audit export`

use std::io::{self, Write as _};

use anyhow::Context as _;

use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Write the whole audit log to standard output, as JSON lines that verify checks
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command. However long the log is, little of it is kept in memory.
pub async fn run(_: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mut export = client.export_audit().await?;
    let mut output = io::stdout().lock();
    while let Some(part) = export.next().await? {
        output.write_all(&part).context("write the audit log")?;
    }
    output.flush().context("write the audit log")?;
    Ok(Exit::Done)
}
