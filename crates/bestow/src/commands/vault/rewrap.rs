//! `bestow vault rewrap`

use std::path::PathBuf;

use anyhow::Context as _;

use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::serve::stored_in;

/// Make a new escrow key and encrypt the key of every escrowed secret with it
///
/// The older keys stay in the file, after the new one, so that nothing is lost when this is cut off: run it again and it goes
/// on. The server may run meanwhile.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The configuration of the server
    #[arg(long, value_name = "FILE", default_value = "bestow.toml")]
    config: PathBuf,
}

/// Runs the command.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    let stored = stored_in(&args.config)?;
    let done = server::rewrap_escrow(&stored.database, &stored.escrow_keys)
        .await
        .context("wrap the keys of escrowed secrets anew")?;
    let made = if done.is_new {
        "is new"
    } else {
        "was made by an earlier run, which this one went on with"
    };
    print(&format!(
        "Escrow key {} {made}. Wrapped anew: {}.\nThe older keys stay in {}. Copies of the database that are older than this \
         need them; take their lines out when there are none.",
        done.key,
        done.data_keys,
        stored.escrow_keys.display()
    ))?;
    Ok(Exit::Done)
}
