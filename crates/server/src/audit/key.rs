//! The key by which the server signs where the audit log's chain stands. It lies in a file of its own, so that whoever can
//! write the database alone cannot make another past.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use audit_chain::{Checkpoint, Hex, Signer};
use store::audit_seal::{self, KeptCheckpoint};
use store::{Store, StoreError};
use trust::time::Timestamp;
use zeroize::Zeroizing;

use super::last_signed::LastSigned;
use super::signer::AuditSigner;
use crate::clock::{Clock as _, SystemClock};
use crate::config::ServerConfig;
use crate::entropy::Entropy;
use crate::vault::VaultError;
use crate::vault::key_file;

/// Why the audit log cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum AuditKeyError {
    /// The file of the key cannot be used.
    #[error("use the key of the audit log")]
    File(#[from] VaultError),
    /// The database cannot be used.
    #[error("use the database")]
    Store(#[from] StoreError),
    /// The log was signed by a key that is not in the file.
    #[error(
        "the audit log is signed by the key {signed_by}, which is not in {}; put that file back from its copy. Only when there is \
         none any more: bestow audit new-key",
        file.display()
    )]
    AnotherKey {
        /// Where the key belongs.
        file: PathBuf,
        /// The public half of the key by which the log was signed.
        signed_by: Hex<32>,
    },
    /// The old key cannot be put aside.
    #[error("put {} aside", file.display())]
    Aside {
        /// What.
        file: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

/// The key in `file`, which is made with a fresh one when it is not there and nothing was signed yet.
pub(crate) async fn open(
    store: &Store,
    file: &Path,
    entropy: &Entropy,
) -> Result<AuditSigner, AuditKeyError> {
    check(store, file).await?;
    let signer = match read(file)? {
        Some(signer) => signer,
        None => {
            let fresh = Zeroizing::new(entropy.bytes());
            key_file::write_new(file, fresh.as_slice())?;
            tracing::info!(file = %file.display(), "key for the audit log made");
            Signer::from_bytes(&fresh)
        }
    };
    Ok(AuditSigner::new(signer, LastSigned::beside(file)))
}

/// Whether the audit log is signed by the key in `file` and no other.
pub(crate) async fn check(store: &Store, file: &Path) -> Result<(), AuditKeyError> {
    let key = read(file)?.as_ref().map(Signer::key);
    match signed_by_another(store, key).await? {
        None => Ok(()),
        Some(signed_by) => Err(AuditKeyError::AnotherKey {
            file: file.to_owned(),
            signed_by,
        }),
    }
}

fn read(file: &Path) -> Result<Option<Signer>, VaultError> {
    let Some(kept) = key_file::read(file)? else {
        return Ok(None);
    };
    let bytes = kept.as_slice().try_into();
    let bytes = Zeroizing::new(bytes.map_err(|_| VaultError::NotAKey(file.to_owned()))?);
    Ok(Some(Signer::from_bytes(&bytes)))
}

/// Another key than this one by which the end of an organisation's chain is signed.
async fn signed_by_another(store: &Store, key: Option<Hex<32>>) -> Result<Option<Hex<32>>, StoreError> {
    for organization_id in store::organization::all(store).await? {
        let last = audit_seal::last_checkpoint(store, organization_id).await?;
        let last = last.as_ref().and_then(read_checkpoint);
        if let Some(other) = last.filter(|last| last.is_signed() && Some(last.key) != key) {
            return Ok(Some(other.key));
        }
    }
    Ok(None)
}

/// A signature as it is kept in the database; `None` where it is none.
pub(super) fn read_checkpoint(kept: &KeptCheckpoint) -> Option<Checkpoint> {
    serde_json::from_str(&kept.checkpoint).ok()
}

/// Makes another key for a server whose own is lost, and forgets the signatures of the lost one. What it had signed is told by
/// exports alone. The server must not run meanwhile. Answers the public half of the new key.
///
/// # Errors
/// When the database cannot be written, or the new key cannot be.
pub async fn new_audit_key(config: &ServerConfig) -> Result<Hex<32>, AuditKeyError> {
    let store = Store::open(&config.database).await?;
    let made = replace(&store, &config.audit_key, SystemClock.now()).await;
    store.close().await;
    made
}

async fn replace(store: &Store, file: &Path, at: Timestamp) -> Result<Hex<32>, AuditKeyError> {
    let organizations = store::organization::all(store).await?;
    audit_seal::forget_checkpoints(store, &organizations, at).await?;
    let _ = forget_last_signed(file)?;
    let _ = put_aside(file)?;
    let signer = open(store, file, &Entropy::of_the_system()).await?;
    Ok(signer.key())
}

/// The file that tells what the server with the key in `file` has signed last.
pub(crate) fn last_signed(file: &Path) -> PathBuf {
    LastSigned::beside(file).file().to_owned()
}

/// Puts what the server with the key in `file` remembers of having signed last aside, because the log goes on from elsewhere. Answers
/// where it is now, when there was such a file.
pub(crate) fn forget_last_signed(file: &Path) -> Result<Option<PathBuf>, AuditKeyError> {
    put_aside(&last_signed(file))
}

/// Gives a file another name, so that what belongs there is made afresh. Nothing is lost. Answers that name, when there was a file.
fn put_aside(file: &Path) -> Result<Option<PathBuf>, AuditKeyError> {
    let failed = |source| AuditKeyError::Aside {
        file: file.to_owned(),
        source,
    };
    let free = (1..).map(|number: u32| file.with_added_extension(format!("old-{number}")));
    let mut free = free.filter(|name| !name.exists());
    let Some(aside) = free.next() else {
        return Ok(None);
    };
    match fs::rename(file, &aside) {
        Ok(()) => Ok(Some(aside)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error)),
    }
}
