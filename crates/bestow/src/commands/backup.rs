//! `bestow backup`

use std::path::PathBuf;

use anyhow::Context as _;

use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::serve::stored_in;

/// Copy the database of a server, on the server's own machine; the server may run meanwhile
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that is made for the copy
    folder: PathBuf,
    /// The configuration of the server
    #[arg(long, value_name = "FILE", default_value = "bestow.toml")]
    config: PathBuf,
}

/// Runs the command.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    let stored = stored_in(&args.config)?;
    let copy = server::back_up(&stored, &args.folder)
        .await
        .context("copy the database")?;
    print(&format!(
        "Copied to {}.\nThe keys are no part of it. Keep copies of them elsewhere: {} opens what agents escrowed, {} what macOS \
         encrypted for the vault (where the FileVault profile is used), {} what was collected for Macs to come, and {} signs the audit log: without it no server \
         starts on the copy.",
        copy.display(),
        stored.escrow_keys.display(),
        stored.escrow_certificate.display(),
        stored.vault_key.display(),
        stored.audit_key.display()
    ))?;
    Ok(Exit::Done)
}
