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

use super::Slot;
use crate::durable;
use crate::kept::Kept;
use crate::paths::Paths;

/// The file, and the key that opens what is in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    key: std::sync::Arc<SealingPrivateKey>,
    items: Kept<BTreeMap<String, Sealed>>,
}

impl Place {
    pub(super) fn open(paths: &Paths) -> io::Result<Self> {
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
            key: key.into(),
            items: Kept::open(paths.keychain())?,
        })
    }

    pub(super) fn in_memory() -> Self {
        Self {
            key: new_key().into(),
            items: Kept::in_memory(),
        }
    }

    pub(super) fn get(&self, slot: Slot) -> io::Result<Option<SecretString>> {
        let items = self.items.get();
        let Some(sealed) = items.get(slot.word()) else {
            return Ok(None);
        };
        let opened = self.key.open(sealed, &bound_to(slot));
        opened.map(Some).map_err(io::Error::other)
    }

    pub(super) fn put(&self, slot: Slot, text: &SecretString) -> io::Result<()> {
        let mut random = UnwrapErr(getrandom::SysRng);
        let sealed =
            seal(&self.key.public_key(), text, &bound_to(slot), &mut random).map_err(io::Error::other)?;
        self.items.change(|items| {
            items.insert(slot.word().to_owned(), sealed);
        })
    }

    pub(super) fn remove(&self, slot: Slot) -> io::Result<()> {
        self.items.change(|items| {
            items.remove(slot.word());
        })
    }
}

fn new_key() -> SealingPrivateKey {
    SealingPrivateKey::generate(&mut UnwrapErr(getrandom::SysRng))
}

/// An item of one slot does not open in another.
fn bound_to(slot: Slot) -> Vec<u8> {
    [b"bestow service account v1\0".as_slice(), slot.word().as_bytes()].concat()
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
