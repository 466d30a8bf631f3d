//! The institutional recovery key: one key pair for a whole fleet. The Mac keeps the public half; the private half, which
//! opens the volume, stays with the organisation.

use super::filevault::authorise;
use super::refusal::{Credentials, Refusal};
use crate::model::crypto_user::{CryptoUserKind, INSTITUTIONAL_RECOVERY};
use crate::model::mac::Mac;
use crate::model::wrapped_key::VolumeKey;

/// Lets the organisation's private half open the volume, with the disk password of one who can open it now. Where such a
/// key is of no use, on Apple silicon, it can be put all the same.
///
/// # Errors
/// `WrongFileVaultState` when FileVault is off, `NeedsUnlock` when the password opens nothing.
pub fn install(mac: &mut Mac, by: Credentials<'_>, private_half: &str) -> Result<(), Refusal> {
    let key = authorise(mac, Some(by.name), by.password)?;
    mac.volume.admit(
        INSTITUTIONAL_RECOVERY,
        CryptoUserKind::InstitutionalRecovery,
        key,
        private_half,
        &mut mac.random,
    );
    mac.filevault.master_keychain = true;
    Ok(())
}

/// The volume key, opened by a private half.
#[must_use]
pub fn open(mac: &Mac, private_half: &str) -> Option<VolumeKey> {
    mac.volume.unlock(INSTITUTIONAL_RECOVERY, private_half)
}
