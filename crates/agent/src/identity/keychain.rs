//! The device's keys in the Mac's System keychain.

use std::io;

use zeroize::Zeroizing;

use super::StoredKeys;
use crate::paths::Paths;

const SERVICE: &str = "org.bestow.agent";
const ACCOUNT: &str = "device keys";

pub(super) fn load(_paths: &Paths) -> io::Result<Option<StoredKeys>> {
    match mac_sys::keychain::get(SERVICE, ACCOUNT)? {
        Some(json) => Ok(Some(serde_json::from_slice(&json)?)),
        None => Ok(None),
    }
}

pub(super) fn save(_paths: &Paths, keys: &StoredKeys) -> io::Result<()> {
    let json = Zeroizing::new(serde_json::to_vec(keys)?);
    mac_sys::keychain::set(SERVICE, ACCOUNT, &json)
}
