//! A kept key, back on its Mac, is tried there: the vault then knows that it opens the disk, or that it does not.

use std::io;

use mac::fdesetup::{self, KeyCheck};
use secrecy::SecretString;
use wire::escrow::Told;

use crate::perform::Tools;

/// Tries a key that the vault keeps as this version, once. That it is tried is on the disk before it is: macOS counts what it is
/// told wrongly, and no restart may have it told again and again.
///
/// # Errors
/// When something could not be put on the disk that must be there.
pub fn prove(tools: Tools<'_>, version: u32, key: &SecretString) -> io::Result<()> {
    let now = tools.clock.now();
    let memory = &tools.custody.recovery_key.memory;
    memory.change(|memory| (memory.proof_tried_at, memory.proof_tried) = (Some(now), Some(version)))?;
    match fdesetup::validate_recovery_key(tools.runner, key) {
        Ok(KeyCheck::Right) => tools.custody.tell_vault(Told::Proved { version, at: now }),
        Ok(KeyCheck::Wrong) => {
            tracing::warn!(version, "the kept recovery key does not open the disk");
            // What macOS had left in its file was not the key that was lost: that one is owed after all.
            memory
                .change(|memory| memory.owes_a_key |= memory.mended.take_if(|it| *it == version).is_some())?;
            tools.custody.tell_vault(Told::Disproved { version, at: now })
        }
        Ok(KeyCheck::BadShape | KeyCheck::Unknown { .. }) => {
            tracing::warn!(
                version,
                "macOS did not say whether the kept recovery key opens the disk"
            );
            Ok(())
        }
        Err(error) => {
            tracing::warn!(version, %error, "the kept recovery key could not be tried");
            Ok(())
        }
    }
}
