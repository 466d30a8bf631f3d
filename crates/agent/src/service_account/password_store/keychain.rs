//! The passwords in the Mac's System keychain.

use std::io;

use mac_sys::system_keychain::{self, Item};
use secrecy::SecretString;

use super::Slot;
use crate::paths::Paths;

const SERVICE: &str = "org.bestow.service-account";

/// The keychain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place;

impl Place {
    pub(super) fn open(_paths: &Paths) -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn get(&self, slot: Slot) -> io::Result<Option<SecretString>> {
        system_keychain::get(item(slot)).map_err(io::Error::other)
    }

    pub(super) fn put(&self, slot: Slot, text: &SecretString) -> io::Result<()> {
        system_keychain::set(item(slot), text).map_err(io::Error::other)
    }

    pub(super) fn remove(&self, slot: Slot) -> io::Result<()> {
        system_keychain::delete(item(slot))
            .map(drop)
            .map_err(io::Error::other)
    }
}

fn item(slot: Slot) -> Item<'static> {
    Item {
        service: SERVICE,
        account: slot.word(),
    }
}
