//! The start-up screen of a Mac with FileVault: who opens its disk.

use super::refusal::{Credentials, Refusal};
use super::unlock::unlock;
use crate::model::mac::Mac;

/// Opens the disk at the start-up screen, where FileVault guards it.
///
/// # Errors
/// `UnknownUser` for somebody who is not shown there; those of unlocking.
pub fn open_at_start_up(mac: &mut Mac, who: Credentials<'_>) -> Result<(), Refusal> {
    if !mac.filevault.is_on() {
        return Ok(());
    }
    let shown = mac.preboot.iter().find(|user| user.name == who.name);
    let guid = shown
        .map(|user| user.guid.clone())
        .ok_or_else(|| Refusal::UnknownUser(who.name.to_owned()))?;
    unlock(mac, &guid, who.password).map(drop)
}
