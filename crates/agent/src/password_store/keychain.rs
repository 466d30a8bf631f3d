//! The passwords in the Mac's System keychain.

use std::io;

use mac_sys::system_keychain::{self, Item};
use secrecy::SecretString;

use super::{Owner, Slot};
use crate::paths::Paths;

/// The items of one account in the keychain.
#[derive(Debug, Clone)]
pub(super) struct Place {
    service: String,
}

impl Place {
    pub(super) fn open(_paths: &Paths, owner: Owner) -> io::Result<Self> {
        Ok(Self {
            service: format!("org.bestow.{}", owner.word().replace(' ', "-")),
        })
    }

    pub(super) fn get(&self, slot: Slot) -> io::Result<Option<SecretString>> {
        system_keychain::get(self.item(slot)).map_err(io::Error::other)
    }

    pub(super) fn put(&self, slot: Slot, text: &SecretString) -> io::Result<()> {
        system_keychain::set(self.item(slot), text).map_err(io::Error::other)
    }

    pub(super) fn remove(&self, slot: Slot) -> io::Result<()> {
        system_keychain::delete(self.item(slot))
            .map(drop)
            .map_err(io::Error::other)
    }

    fn item(&self, slot: Slot) -> Item<'_> {
        Item {
            service: &self.service,
            account: slot.word(),
        }
    }
}
