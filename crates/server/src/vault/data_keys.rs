//! The border to what wraps data keys: a file of keys today, a key management service where there is one.

use std::future::Future;
use std::pin::Pin;

use store::escrow::WrappedKey;
use zeroize::Zeroizing;

use super::key_file::VaultError;

/// The length of a data key, in bytes.
pub(crate) const KEY_LENGTH: usize = 32;

/// The key of one secret's ciphertext.
pub(crate) type DataKey = Zeroizing<[u8; KEY_LENGTH]>;

/// What a wrapping answers, later.
pub(crate) type Wrapping<'a, T> = Pin<Box<dyn Future<Output = Result<T, WrapError>> + Send + 'a>>;

/// Why a data key was not wrapped or unwrapped. None of these tells anything about a key.
#[derive(Debug, thiserror::Error)]
pub enum WrapError {
    /// The keys cannot be read.
    #[error(transparent)]
    Keys(#[from] VaultError),
    /// There is no key of this id.
    #[error("unwrap data key: there is no key {0}")]
    NoSuchKey(String),
    /// Another secret's data key, or a changed one.
    #[error("unwrap data key: it was wrapped for another secret")]
    DoesNotUnwrap,
    /// The cipher refused, as it does beyond 256 GiB.
    #[error("seal: the cipher refused")]
    DoesNotSeal,
}

/// Wraps data keys by a key that it does not give away. `context` says which secret a data key is for, and has to be the same
/// when it is unwrapped.
pub(crate) trait DataKeys: Send + Sync {
    /// Wraps a data key by the newest key.
    fn wrap<'a>(&'a self, data_key: &'a DataKey, context: &'a [u8]) -> Wrapping<'a, WrappedKey>;

    /// Unwraps what [`wrap`](Self::wrap) made, by the newest key or one before it.
    fn unwrap<'a>(&'a self, wrapped: &'a WrappedKey, context: &'a [u8]) -> Wrapping<'a, DataKey>;
}
