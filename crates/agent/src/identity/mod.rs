//! Who the device is: its keys, and the server that it belongs to.

mod enrolment;
#[cfg(not(target_os = "macos"))]
mod file_keys;
#[cfg(target_os = "macos")]
mod keychain;

pub use enrolment::Enrolment;
#[cfg(not(target_os = "macos"))]
use file_keys as key_store;
#[cfg(target_os = "macos")]
use keychain as key_store;

use std::io;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use wire::encoding::Bytes;
use wire::identity::{DeviceSigningKey, TokenError};
use wire::seal::{SealError, SealingPrivateKey};
use zeroize::Zeroizing;

use crate::paths::Paths;

/// The device's private keys. They never leave the Mac.
#[derive(Debug)]
pub struct Keys {
    /// Signs each request.
    pub signing: DeviceSigningKey,
    /// Opens sealed secrets.
    pub sealing: SealingPrivateKey,
}

/// Why the keys could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The keychain, or the file in its place, failed.
    #[error("use the store of the device's keys")]
    Store(#[source] io::Error),
    /// What is stored is not a signing key.
    #[error("read the device's signing key")]
    Signing(#[source] TokenError),
    /// What is stored is not a sealing key.
    #[error("read the device's sealing key")]
    Sealing(#[source] SealError),
}

impl Keys {
    /// Makes new keys.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self {
            signing: DeviceSigningKey::generate(rng),
            sealing: SealingPrivateKey::generate(rng),
        }
    }

    /// Reads the device's keys; `None` when it has none yet.
    pub fn load(paths: &Paths) -> Result<Option<Self>, KeyError> {
        let Some(stored) = key_store::load(paths).map_err(KeyError::Store)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            signing: DeviceSigningKey::from_bytes(&stored.signing.0).map_err(KeyError::Signing)?,
            sealing: SealingPrivateKey::from_bytes(&stored.sealing.0).map_err(KeyError::Sealing)?,
        }))
    }

    /// Forgets the keys for good.
    pub fn forget(paths: &Paths) -> Result<(), KeyError> {
        key_store::forget(paths).map_err(KeyError::Store)
    }

    /// Keeps the keys, in place of earlier ones.
    pub fn save(&self, paths: &Paths) -> Result<(), KeyError> {
        let stored = StoredKeys {
            signing: Bytes(self.signing.to_bytes().to_vec()),
            sealing: Bytes(self.sealing.to_bytes().to_vec()),
        };
        key_store::save(paths, &stored).map_err(KeyError::Store)
    }
}

/// The keys as they are kept. Zeroised when dropped.
#[derive(Serialize, Deserialize)]
struct StoredKeys {
    signing: Bytes,
    sealing: Bytes,
}

impl Drop for StoredKeys {
    fn drop(&mut self) {
        drop(Zeroizing::new(std::mem::take(&mut self.signing.0)));
        drop(Zeroizing::new(std::mem::take(&mut self.sealing.0)));
    }
}
