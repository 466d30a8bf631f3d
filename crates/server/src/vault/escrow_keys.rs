//! Keys in a file, one to a line, base64url without padding. The first wraps; those after it still unwrap what they wrapped.

use std::fs::File;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use store::escrow::WrappedKey;
use zeroize::Zeroizing;

use super::data_keys::{DataKey, DataKeys, KEY_LENGTH, WrapError, Wrapping};
use super::envelope::{open_with, seal_with};
use super::key_file::{self, VaultError};
use crate::entropy::Entropy;
use crate::token::hexadecimal;

/// How many bytes of a key's hash are its id.
const ID_LENGTH: usize = 8;

/// Keys in a file. The file is read each time, so that a key that was added to it counts at once.
pub(crate) struct EscrowKeys {
    file: PathBuf,
    entropy: Entropy,
}

/// One key of the file.
pub(super) struct EscrowKey {
    pub id: String,
    key: DataKey,
}

impl EscrowKeys {
    /// The keys in `file`, which is made with a fresh one when it is not there and no secret needs what was in it. `needed_by` is
    /// how many do.
    pub(crate) fn open(file: &Path, needed_by: u64, entropy: Entropy) -> Result<Self, VaultError> {
        let keys = Self {
            file: file.to_owned(),
            entropy,
        };
        match key_file::read(file)? {
            Some(_) => {}
            None if needed_by > 0 => {
                let file = file.to_owned();
                return Err(VaultError::NotThere { file, needed_by });
            }
            None => {
                key_file::write_new(file, keys.fresh_line().as_bytes())?;
                tracing::info!(file = %file.display(), "escrow key made");
            }
        }
        keys.read()?;
        Ok(keys)
    }

    /// Keeps others from changing the file as long as what is answered lives. They read it meanwhile.
    pub(super) fn lock(&self) -> Result<File, VaultError> {
        key_file::lock(&self.file)
    }

    /// The ids of the keys, the newest first.
    pub(crate) fn ids(&self) -> Result<Vec<String>, VaultError> {
        Ok(self.read()?.into_iter().map(|key| key.id).collect())
    }

    /// Puts a fresh key before the others.
    pub(super) fn add(&self) -> Result<(), VaultError> {
        let before = key_file::read(&self.file)?.unwrap_or_default();
        let mut lines = Zeroizing::new(self.fresh_line().as_bytes().to_vec());
        lines.reserve_exact(before.len());
        lines.extend_from_slice(&before);
        key_file::replace(&self.file, &lines)
    }

    /// The keys, the newest first. There is at least one.
    pub(super) fn read(&self) -> Result<Vec<EscrowKey>, VaultError> {
        let not_a_key = || VaultError::NotAKey(self.file.clone());
        let bytes = key_file::read(&self.file)?.ok_or_else(not_a_key)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| not_a_key())?;
        let keys: Option<Vec<EscrowKey>> = text.lines().map(EscrowKey::parse).collect();
        keys.filter(|keys| !keys.is_empty()).ok_or_else(not_a_key)
    }

    fn fresh_line(&self) -> Zeroizing<String> {
        let key = Zeroizing::new(self.entropy.bytes::<KEY_LENGTH>());
        let bytes = wire::encoding::Bytes(key.to_vec());
        let line = Zeroizing::new(format!("{}\n", bytes.to_text()));
        drop(Zeroizing::new(bytes.0));
        line
    }

    fn wrap_now(&self, data_key: &DataKey, context: &[u8]) -> Result<WrappedKey, WrapError> {
        let keys = self.read()?;
        let newest = keys
            .first()
            .ok_or_else(|| VaultError::NotAKey(self.file.clone()))?;
        Ok(WrappedKey {
            wrapping_key: newest.id.clone(),
            wrapped: seal_with(&newest.key, data_key.as_slice(), context, self.entropy.bytes())?,
        })
    }

    fn unwrap_now(&self, wrapped: &WrappedKey, context: &[u8]) -> Result<DataKey, WrapError> {
        let keys = self.read()?;
        let key = keys
            .iter()
            .find(|key| key.id == wrapped.wrapping_key)
            .ok_or_else(|| WrapError::NoSuchKey(wrapped.wrapping_key.clone()))?;
        let opened = open_with(&key.key, &wrapped.wrapped, context).ok_or(WrapError::DoesNotUnwrap)?;
        let data_key = <[u8; KEY_LENGTH]>::try_from(opened.as_slice());
        data_key.map(Zeroizing::new).map_err(|_| WrapError::DoesNotUnwrap)
    }
}

impl EscrowKey {
    fn parse(line: &str) -> Option<Self> {
        let bytes = Zeroizing::new(wire::encoding::Bytes::from_text(line).ok()?.0);
        let key = Zeroizing::new(<[u8; KEY_LENGTH]>::try_from(bytes.as_slice()).ok()?);
        let hash = Sha256::new()
            .chain_update(b"bestow escrow key\0")
            .chain_update(key.as_slice())
            .finalize();
        Some(Self {
            id: hexadecimal(&hash[..ID_LENGTH]),
            key,
        })
    }
}

impl DataKeys for EscrowKeys {
    fn wrap<'a>(&'a self, data_key: &'a DataKey, context: &'a [u8]) -> Wrapping<'a, WrappedKey> {
        Box::pin(async move { self.wrap_now(data_key, context) })
    }

    fn unwrap<'a>(&'a self, wrapped: &'a WrappedKey, context: &'a [u8]) -> Wrapping<'a, DataKey> {
        Box::pin(async move { self.unwrap_now(wrapped, context) })
    }
}
