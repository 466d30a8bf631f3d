//! The Mac is erased: everything that was on its disk is gone, and its numbers stay.

use super::refusal::Circumstances;
use crate::model::mac::Mac;

/// Erases the Mac: no account, no profile, another volume.
pub fn erase(mac: &mut Mac, at: Circumstances) {
    let seed = mac.random.next_u64();
    let factory = Mac::factory(mac.os, mac.hardware.chip, mac.volume.file_system, seed, at.now);
    *mac = Mac {
        os_extra: mac.os_extra.take(),
        hardware: mac.hardware.clone(),
        computer_name: mac.computer_name.clone(),
        knobs: mac.knobs.clone(),
        ..factory
    };
}
