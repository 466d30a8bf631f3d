//! `-secureTokenOn`: one account hands the token on to another. The granter's disk password opens the
//! volume key; the target's password wraps it again.

use super::authenticate::authenticate;
use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::model::wrapped_key::VolumeKey;

/// How a grant that was not refused ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// The target became a holder.
    Now,
    /// It was one before; nothing changed, not even a stale disk password.
    Before,
    /// macOS says so, but nothing changed: a self-grant where the MDM's token came first.
    InWordsOnly,
}

/// Hands the token on.
///
/// # Errors
/// `UnknownUser`, `NotSupported`, `WrongGranterPassword`, `NotAuthorised`, `NeedsUnlock`,
/// `WrongTargetPassword`.
pub fn grant(
    mac: &mut Mac,
    granter: Credentials<'_>,
    target: Credentials<'_>,
    at: Circumstances,
) -> Result<Granted, Refusal> {
    if mac.directory.user(target.name).is_none() {
        return Err(Refusal::UnknownUser(target.name.to_owned()));
    }
    if !mac.has_secure_tokens() {
        return Err(Refusal::NotSupported);
    }
    authenticate(mac, granter, at).map_err(|_| Refusal::WrongGranterPassword)?;
    if granter.name == target.name && only_in_words(mac) {
        return Ok(Granted::InWordsOnly);
    }
    let held_before = mac
        .directory
        .user(target.name)
        .is_some_and(|user| mac.is_holder(user));
    claim_as_first(mac, granter);
    let key = open_volume(mac, granter)?;
    authenticate(mac, target, at).map_err(|_| Refusal::WrongTargetPassword)?;
    if held_before {
        return Ok(Granted::Before);
    }
    first_token::admit(mac, target, key);
    Ok(Granted::Now)
}

/// The volume key, opened by an administrator who holds a working token.
///
/// # Errors
/// `NotAuthorised` without admin rights or token; `NeedsUnlock` when the disk password differs.
pub fn open_volume(mac: &Mac, granter: Credentials<'_>) -> Result<VolumeKey, Refusal> {
    let Some(user) = mac.directory.user(granter.name) else {
        return Err(Refusal::WrongGranterPassword);
    };
    if !mac.directory.is_admin(user) || !mac.is_holder(user) {
        return Err(Refusal::NotAuthorised);
    }
    mac.volume
        .unlock(user.guid(), granter.password)
        .ok_or(Refusal::NeedsUnlock)
}

/// From 10.14.2 an administrator who grants while nobody holds a token becomes the first holder.
fn claim_as_first(mac: &mut Mac, granter: Credentials<'_>) {
    let is_admin = mac
        .directory
        .user(granter.name)
        .is_some_and(|user| mac.directory.is_admin(user));
    if is_admin && mac.os >= OsVersion::with_patch(10, 14, 2) {
        first_token::claim(mac, granter);
    }
}

fn only_in_words(mac: &Mac) -> bool {
    mac.os.major >= 15
        && mac.hardware.chip == Chip::AppleSilicon
        && mac.mdm.enrolled
        && mac.volume.unclaimed_key.is_none()
        && mac.holders().next().is_none()
}
