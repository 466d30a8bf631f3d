//! The personal recovery key: made, proved, replaced, removed.

use super::escrow_profile;
use super::refusal::Refusal;
use crate::model::crypto_user::{CryptoUserKind, PERSONAL_RECOVERY};
use crate::model::mac::Mac;
use crate::model::random::Random;
use crate::model::wrapped_key::VolumeKey;

/// The letters and digits that recovery keys are seen to be made of.
const SYMBOLS: &[u8] = b"ABCDEFGHJKLMNOPQRTUVWXYZ23456789";

/// A key in its form `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`.
pub fn draw(random: &mut Random) -> String {
    let groups: Vec<String> = (0..6)
        .map(|_| (0..4).map(|_| char::from(*random.pick(SYMBOLS))).collect())
        .collect();
    groups.join("-")
}

/// Whether the text has a recovery key's shape.
#[must_use]
pub fn is_well_formed(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.len() == 6
        && groups.iter().all(|group| {
            group.len() == 4
                && group
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        })
}

/// Makes a new key for the volume and returns it; an older one no longer opens it. Where a profile says so, it is escrowed.
pub fn replace(mac: &mut Mac, key: VolumeKey) -> String {
    let text = draw(&mut mac.random);
    mac.volume.admit(
        PERSONAL_RECOVERY,
        CryptoUserKind::PersonalRecovery,
        key,
        &text,
        &mut mac.random,
    );
    mac.effects.recovery_keys_made += 1;
    escrow_profile::leave(mac, &text);
    text
}

/// Whether this key opens the volume.
#[must_use]
pub fn is_valid(mac: &Mac, text: &str) -> bool {
    mac.volume.unlock(PERSONAL_RECOVERY, text).is_some()
}

/// Takes the key away.
///
/// # Errors
/// `WrongFileVaultState` if there is none.
pub fn remove(mac: &mut Mac) -> Result<(), Refusal> {
    if mac.volume.expel(PERSONAL_RECOVERY) {
        Ok(())
    } else {
        Err(Refusal::WrongFileVaultState)
    }
}
