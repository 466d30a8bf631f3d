//! `bestow restore`

use std::path::PathBuf;

use anyhow::Context as _;

use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::serve::stored_in;

/// Put a copy of the database where there is none, on the server's own machine; put the key files back first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that bestow backup made
    folder: PathBuf,
    /// The configuration of the server
    #[arg(long, value_name = "FILE", default_value = "bestow.toml")]
    config: PathBuf,
}

/// Runs the command.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    let stored = stored_in(&args.config)?;
    let restored = server::restore(&stored, &args.folder)
        .await
        .context("put the copy back")?;
    print(&format!(
        "Restored to {}. Escrowed secrets in it: {}, each with its key in place.",
        stored.database.display(),
        restored.secrets
    ))?;
    if let Some(aside) = &restored.put_aside {
        print(&format!(
            "What the server remembered of having signed last is put aside in {}: the audit log goes on from the copy.",
            aside.display()
        ))?;
    }
    Ok(Exit::Done)
}
