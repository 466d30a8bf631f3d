//! The Mac is started again.

use super::preboot::update_preboot;
use super::refusal::Circumstances;
use crate::model::filevault::Progress;
use crate::model::mac::Mac;

/// Starts the Mac again: nobody at the screen, a fresh pre-boot list, fresh counts.
pub fn reboot(mac: &mut Mac, at: Circumstances) {
    mac.session.booted_at = at.now;
    mac.session.boots += 1;
    mac.session.console_user = None;
    mac.failed_unlocks.clear();
    mac.filevault.unlocked_with_recovery_key = false;
    // Encryption works in the background; one restart is time enough for it.
    mac.filevault.progress = match mac.filevault.progress {
        Progress::PendingRestart => Progress::Encrypting(0),
        Progress::Encrypting(_) | Progress::On => Progress::On,
        Progress::Decrypting(_) | Progress::Off => Progress::Off,
    };
    update_preboot(mac);
}
