//! Which Mac a tool belongs to.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::home::MacHome;

/// The Mac named by `MACSIM`, or else the one whose directory the called link lies in.
pub(super) fn find(argv0: &OsStr) -> Option<MacHome> {
    if let Some(dir) = env::var_os("MACSIM") {
        return Some(MacHome::open(dir));
    }
    let link = called_path(Path::new(argv0))?;
    link.ancestors()
        .find(|dir| dir.join("mac.json").is_file())
        .map(MacHome::open)
}

/// Where the called program lies, links not followed. A bare name was found on `PATH`.
fn called_path(argv0: &Path) -> Option<PathBuf> {
    if argv0.components().count() > 1 {
        return std::path::absolute(argv0).ok();
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(argv0))
        .find(|candidate| candidate.exists())
}
