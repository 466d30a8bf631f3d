//! The device's keys in a file of mode 0600, for systems without a System keychain: the simulated Mac.

use std::io;

use super::StoredKeys;
use crate::durable;
use crate::paths::Paths;

pub(super) fn load(paths: &Paths) -> io::Result<Option<StoredKeys>> {
    durable::read_json(&paths.keys())
}

pub(super) fn save(paths: &Paths, keys: &StoredKeys) -> io::Result<()> {
    durable::private_folder(paths.state())?;
    durable::write_json(&paths.keys(), keys)
}

pub(super) fn forget(paths: &Paths) -> io::Result<()> {
    durable::remove(&paths.keys())
}
