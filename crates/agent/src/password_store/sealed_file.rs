//! The stand-in for the System keychain where there is none: ciphertext in one file, its key in another, which lies with
//! the device's keys. It protects a file that is read alone, as a keychain file would be; root reads both.

use std::collections::BTreeMap;
use std::io;

use rand_core::UnwrapErr;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use wire::encoding::Bytes;
use wire::seal::{Sealed, SealingPrivateKey, seal};
use zeroize::Zeroize as _;

use super::{Owner, Slot};
use crate::durable;
use crate::kept::Kept;
use crate::paths::Paths;

/// The file, and the key that opens what is in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    owner: Owner,
    key: std::sync::Arc<SealingPrivateKey>,
    items: Kept<BTreeMap<String, Sealed>>,
}

impl Place {
    pub(super) fn open(paths: &Paths, owner: Owner) -> io::Result<Self> {
        let file = paths.keychain_key();
        let key = match durable::read_json::<StoredKey>(&file)? {
            Some(stored) => SealingPrivateKey::from_bytes(&stored.key.0).map_err(io::Error::other)?,
            None => {
                let key = new_key();
                durable::private_folder(paths.state())?;
                let stored = StoredKey {
                    key: Bytes(key.to_bytes().to_vec()),
                };
                durable::write_json(&file, &stored)?;
                key
            }
        };
        Ok(Self {
            owner,
            key: key.into(),
            items: Kept::open(match owner {
                Owner::ServiceAccount => paths.keychain(),
                Owner::LocalAdministrator => paths.local_administrator_keychain(),
            })?,
        })
    }

    pub(super) fn in_memory(owner: Owner) -> Self {
        Self {
            owner,
            key: new_key().into(),
            items: Kept::in_memory(),
        }
    }

    pub(super) fn get(&self, slot: Slot) -> io::Result<Option<SecretString>> {
        let items = self.items.get();
        let Some(sealed) = items.get(slot.word()) else {
            return Ok(None);
        };
        let opened = self.key.open(sealed, &self.bound_to(slot));
        opened.map(Some).map_err(io::Error::other)
    }

    pub(super) fn put(&self, slot: Slot, text: &SecretString) -> io::Result<()> {
        let mut random = UnwrapErr(getrandom::SysRng);
        let sealed = seal(&self.key.public_key(), text, &self.bound_to(slot), &mut random)
            .map_err(io::Error::other)?;
        self.items.change(|items| {
            items.insert(slot.word().to_owned(), sealed);
        })
    }

    pub(super) fn remove(&self, slot: Slot) -> io::Result<()> {
        self.items.change(|items| {
            items.remove(slot.word());
        })
    }

    /// An item of one slot does not open in another, nor as another account's.
    fn bound_to(&self, slot: Slot) -> Vec<u8> {
        format!("bestow {} v1\0{}", self.owner.word(), slot.word()).into_bytes()
    }
}

fn new_key() -> SealingPrivateKey {
    SealingPrivateKey::generate(&mut UnwrapErr(getrandom::SysRng))
}

/// The key as it is kept. Zeroised when dropped.
#[derive(Serialize, Deserialize)]
struct StoredKey {
    key: Bytes,
}

impl Drop for StoredKey {
    fn drop(&mut self) {
        self.key.0.zeroize();
    }
}
