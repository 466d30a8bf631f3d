//! `bestow audit new-key`

use std::path::PathBuf;

use anyhow::Context as _;

use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::serve::stored_in;

/// Make another key for the audit log, on the server's own machine, when the one that signed it is lost for good
///
/// Stop the server first. The entries stay; the signatures of the lost key are forgotten. What that key has signed is told by exports
/// alone, so keep them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The configuration of the server
    #[arg(long, value_name = "FILE", default_value = "bestow.toml")]
    config: PathBuf,
}

/// Runs the command.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    let stored = stored_in(&args.config)?;
    let key = server::new_audit_key(&stored)
        .await
        .context("make another key for the audit log")?;
    print(&format!(
        "The audit log is signed from now on by the key\n{key}\nIt lies in {}: keep a copy, apart from those of the database.",
        stored.audit_key.display()
    ))?;
    Ok(Exit::Done)
}
