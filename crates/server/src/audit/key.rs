//! The key by which the server signs where the audit log's chain stands. It lies in a file of its own, so that whoever can
//! write the database alone cannot make another past.

use std::path::Path;

use audit_chain::Signer;
use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::vault::key_file::{self, VaultError};

/// The key in `file`, which is made with a fresh one when it is not there.
pub(crate) fn open(file: &Path, entropy: &Entropy) -> Result<Signer, VaultError> {
    let kept = key_file::read(file)?;
    let bytes: Zeroizing<[u8; 32]> = match kept {
        Some(kept) => {
            let bytes = kept.as_slice().try_into();
            Zeroizing::new(bytes.map_err(|_| VaultError::NotAKey(file.to_owned()))?)
        }
        None => {
            let fresh = Zeroizing::new(entropy.bytes());
            key_file::write_new(file, fresh.as_slice())?;
            tracing::info!(file = %file.display(), "key for the audit log made");
            fresh
        }
    };
    Ok(Signer::from_bytes(&bytes))
}
