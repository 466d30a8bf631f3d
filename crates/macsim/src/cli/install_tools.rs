//! `macsim install-tools`.

use std::path::PathBuf;

use super::Problem;
use crate::front::install;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder; put it in front of PATH and set MACSIM to a Mac's directory.
    dir: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    install::flat(&args.dir, &std::env::current_exe()?)?;
    Ok(())
}
