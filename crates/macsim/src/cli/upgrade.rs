//! `macsim upgrade`.

use std::path::PathBuf;

use super::Problem;
use super::os_version::os_version;
use crate::front::home::MacHome;
use crate::model::os::OsVersion;
use crate::rules::upgrade::upgrade;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    /// The macOS version to install; not an older one than it has.
    #[arg(value_parser = os_version)]
    os: OsVersion,
}

pub(super) fn run(args: &Args) -> Result<(), Problem> {
    let at = super::circumstances();
    MacHome::open(&args.dir).change(|mac| {
        if args.os < mac.os {
            return Err(format!("the Mac has macOS {} already", mac.os));
        }
        upgrade(mac, args.os, at);
        Ok(())
    })??;
    Ok(())
}
