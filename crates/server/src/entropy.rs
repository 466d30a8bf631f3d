//! Randomness: ids, tokens and the ephemeral keys of seals. The machine's generator is named here and nowhere else.

use std::sync::{Mutex, MutexGuard, PoisonError};

use newtype_uuid::{GenericUuid as _, TypedUuid, TypedUuidKind};
use rand_core::{CryptoRng, Rng as _, UnwrapErr};
use trust::time::Timestamp;

/// A source of randomness that requests share.
pub struct Entropy(Mutex<Box<dyn CryptoRng + Send>>);

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entropy(…)")
    }
}

impl Entropy {
    /// The operating system's generator.
    pub fn of_the_system() -> Self {
        Self::from_rng(UnwrapErr(getrandom::SysRng))
    }

    /// Another generator.
    pub fn from_rng(rng: impl CryptoRng + Send + 'static) -> Self {
        Self(Mutex::new(Box::new(rng)))
    }

    /// The generator, for as long as the guard lives.
    pub fn lock(&self) -> MutexGuard<'_, Box<dyn CryptoRng + Send>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.lock().fill_bytes(&mut bytes);
        bytes
    }

    /// A new id, whose order is that of time.
    pub fn id<K: TypedUuidKind>(&self, now: Timestamp) -> TypedUuid<K> {
        let millis = u64::try_from(now.as_millis()).unwrap_or(0);
        let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid();
        TypedUuid::from_untyped_uuid(uuid)
    }
}
