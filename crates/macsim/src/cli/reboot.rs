//! `macsim reboot`.

use std::path::PathBuf;

use super::Problem;
use crate::front::home::MacHome;
use crate::rules::reboot::reboot;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let at = super::circumstances();
    MacHome::open(&args.dir).change(|mac| reboot(mac, at))?;
    Ok(())
}
