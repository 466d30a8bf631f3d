//! The device's keys in the Mac's System keychain.

use std::io;

use mac_sys::system_keychain::{self, Item};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::StoredKeys;
use crate::paths::Paths;

const ITEM: Item<'_> = Item {
    service: "org.bestow.agent",
    account: "device keys",
};

pub(super) fn load(_paths: &Paths) -> io::Result<Option<StoredKeys>> {
    match system_keychain::get(ITEM).map_err(io::Error::other)? {
        Some(json) => Ok(Some(serde_json::from_str(json.expose_secret())?)),
        None => Ok(None),
    }
}

pub(super) fn save(_paths: &Paths, keys: &StoredKeys) -> io::Result<()> {
    let json = Zeroizing::new(serde_json::to_string(keys)?);
    system_keychain::set(ITEM, &SecretString::from(json.as_str())).map_err(io::Error::other)
}

pub(super) fn forget(_paths: &Paths) -> io::Result<()> {
    system_keychain::delete(ITEM).map(drop).map_err(io::Error::other)
}
