//! Proving a disk password, with the count that the Secure Enclave keeps.

use super::refusal::Refusal;
use crate::model::mac::Mac;
use crate::model::wrapped_key::VolumeKey;

/// After this many wrong disk passwords only a restart helps (T2 and Apple silicon).
const TRIES_PER_BOOT: u32 = 10;

/// Opens the volume as the crypto user `uuid`.
///
/// # Errors
/// `Locked` after ten wrong tries since the last start, `NeedsUnlock` for a wrong one.
pub fn unlock(mac: &mut Mac, uuid: &str, passphrase: &str) -> Result<VolumeKey, Refusal> {
    if mac
        .failed_unlocks
        .get(uuid)
        .is_some_and(|tries| *tries >= TRIES_PER_BOOT)
    {
        return Err(Refusal::Locked);
    }
    match mac.volume.unlock(uuid, passphrase) {
        Some(key) => {
            mac.failed_unlocks.remove(uuid);
            Ok(key)
        }
        None => {
            *mac.failed_unlocks.entry(uuid.to_owned()).or_default() += 1;
            if let Some(name) = mac
                .directory
                .user_by_guid(uuid)
                .map(|user| user.name().to_owned())
            {
                mac.effects.of(&name).failed_unlocks += 1;
            }
            Err(Refusal::NeedsUnlock)
        }
    }
}

/// Opens the volume as any crypto user, as `diskutil apfs unlockVolume` without `-user` does.
#[must_use]
pub fn unlock_as_anybody(mac: &Mac, passphrase: &str) -> Option<VolumeKey> {
    mac.volume
        .crypto_users
        .iter()
        .find_map(|user| user.key.unwrap(passphrase))
}
