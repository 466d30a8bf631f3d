//! Wrapping every data key by a new key. The secrets themselves stay as they are.

use std::path::Path;

use store::{Store, StoreError};

use super::data_keys::{DataKeys as _, WrapError};
use super::envelope::{Bound, Context as _, OfPerson};
use super::escrow_keys::EscrowKeys;
use crate::entropy::Entropy;

/// How many data keys are wrapped in one transaction.
const AT_ONCE: u32 = 200;

/// Why the data keys were not wrapped anew. What was done is kept; the same again goes on.
#[derive(Debug, thiserror::Error)]
pub enum RewrapError {
    /// The database cannot be used.
    #[error("use the database")]
    Store(#[from] StoreError),
    /// The keys cannot be used.
    #[error("use the escrow keys")]
    Keys(#[from] WrapError),
    /// Some need a key that is not in the file.
    #[error(
        "{count} escrowed secrets need the key {key}, which is not in the file of escrow keys; add its line to it"
    )]
    KeyMissing {
        /// The id of the key.
        key: String,
        /// How many need it.
        count: u64,
    },
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrapped {
    /// The id of the key that wraps from now on.
    pub key: String,
    /// Whether it was made just now; otherwise an earlier run was gone on with.
    pub is_new: bool,
    /// How many data keys were wrapped anew.
    pub data_keys: u64,
}

/// [`rewrap_escrow`] of an open database.
pub(super) async fn rewrap(
    store: &Store,
    keys_file: &Path,
    entropy: Entropy,
) -> Result<Rewrapped, RewrapError> {
    let needed_by = store::escrow::count(store).await?;
    let keys = EscrowKeys::open(keys_file, needed_by, entropy).map_err(WrapError::from)?;
    let _alone = keys.lock().map_err(WrapError::from)?;
    openable(store, &keys).await?;
    let is_new = !has_older(store, &keys).await?;
    if is_new {
        keys.add().map_err(WrapError::from)?;
    }
    let ids = keys.ids().map_err(WrapError::from)?;
    let mut data_keys = 0;
    // A server that had read the file before the new key was in it may still write under the one before: the second round finds
    // that.
    for older in ids.iter().skip(1).chain(ids.iter().skip(1)) {
        loop {
            let batch = store::escrow::under(store, older, AT_ONCE).await?;
            if batch.is_empty() {
                break;
            }
            let mut wrapped = Vec::with_capacity(batch.len());
            for wrapping in batch {
                let bound = Bound {
                    organization_id: wrapping.organization_id,
                    serial_number: &wrapping.serial_number,
                    kind: wrapping.kind,
                    device_id: wrapping.device_id,
                    message_id: wrapping.message_id,
                };
                let context = bound.context();
                let data_key = keys.unwrap(&wrapping.key, &context).await?;
                let new = keys.wrap(&data_key, &context).await?;
                wrapped.push((wrapping, new));
            }
            store::escrow::wrap_anew(store, &wrapped).await?;
            data_keys += wrapped.len() as u64;
        }
        data_keys += rewrap_second_factors(store, &keys, older).await?;
    }
    Ok(Rewrapped {
        key: ids.into_iter().next().unwrap_or_default(),
        is_new,
        data_keys,
    })
}

/// Makes a new key in `keys_file` and wraps every data key of the database in `database` by it. Where an earlier run was cut
/// off, that one is gone on with. The server may run meanwhile: it reads the file each time, and the older keys stay in it.
///
/// # Errors
/// When a data key does not unwrap, or the file or the database cannot be used. What was done is kept.
pub async fn rewrap_escrow(database: &Path, keys_file: &Path) -> Result<Rewrapped, RewrapError> {
    let store = Store::open(database).await?;
    let done = rewrap(&store, keys_file, Entropy::of_the_system()).await;
    store.close().await;
    done
}

/// Refuses where a secret needs a key that is not in the file: all would seem to be wrapped anew, and the rest be forgotten.
async fn openable(store: &Store, keys: &EscrowKeys) -> Result<(), RewrapError> {
    let there = keys.ids().map_err(WrapError::from)?;
    let needed = store::escrow::count_by_wrapping(store).await?;
    match needed.into_iter().find(|(key, _)| !there.contains(key)) {
        Some((key, count)) => Err(RewrapError::KeyMissing { key, count }),
        None => Ok(()),
    }
}

/// The same of the secrets of people's second factors.
async fn rewrap_second_factors(store: &Store, keys: &EscrowKeys, older: &str) -> Result<u64, RewrapError> {
    let mut data_keys = 0;
    loop {
        let batch = store::second_factor::under(store, older, AT_ONCE).await?;
        if batch.is_empty() {
            return Ok(data_keys);
        }
        let mut wrapped = Vec::with_capacity(batch.len());
        for person in batch {
            let bound = OfPerson {
                organization_id: person.organization_id,
                person_id: person.person_id,
            };
            let context = bound.context();
            let data_key = keys.unwrap(&person.key, &context).await?;
            let new = keys.wrap(&data_key, &context).await?;
            wrapped.push((person, new));
        }
        store::second_factor::wrap_anew(store, &wrapped).await?;
        data_keys += wrapped.len() as u64;
    }
}

/// Whether keys other than the newest still wrap something: then a run was cut off.
async fn has_older(store: &Store, keys: &EscrowKeys) -> Result<bool, RewrapError> {
    for older in keys.ids().map_err(WrapError::from)?.iter().skip(1) {
        if store::escrow::count_under(store, older).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
