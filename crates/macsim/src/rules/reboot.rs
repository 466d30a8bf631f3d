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
    if mac.filevault.progress == Progress::PendingRestart {
        mac.filevault.progress = Progress::Encrypting(0);
    }
    update_preboot(mac);
}
