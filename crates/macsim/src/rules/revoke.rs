//! `-secureTokenOff`: an administrator takes an account's token away.

use super::authenticate::authenticate;
use super::grant::open_volume;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::mac::Mac;
use crate::model::user::TOKEN_LABEL;

/// Takes the token away. True if there was one.
///
/// # Errors
/// As for a grant, and `LastUnlockRecord` for the only holder.
pub fn revoke(
    mac: &mut Mac,
    granter: Credentials<'_>,
    target: Credentials<'_>,
    at: Circumstances,
) -> Result<bool, Refusal> {
    if mac.directory.user(target.name).is_none() {
        return Err(Refusal::UnknownUser(target.name.to_owned()));
    }
    if !mac.has_secure_tokens() {
        return Err(Refusal::NotSupported);
    }
    authenticate(mac, granter, at).map_err(|_| Refusal::WrongGranterPassword)?;
    open_volume(mac, granter)?;
    authenticate(mac, target, at).map_err(|_| Refusal::WrongTargetPassword)?;
    let Some(user) = mac.directory.user(target.name) else {
        return Ok(false);
    };
    if !user.has_token_label() {
        return Ok(false);
    }
    if mac.is_holder(user) && mac.holders().count() == 1 {
        return Err(Refusal::LastUnlockRecord);
    }
    expel(mac, target.name);
    Ok(true)
}

/// Removes label and crypto user of the account and counts the effect.
pub fn expel(mac: &mut Mac, name: &str) {
    let Some(user) = mac.directory.user_mut(name) else {
        return;
    };
    let guid = user.guid().to_owned();
    let had_label = user
        .attributes
        .remove_value("AuthenticationAuthority", TOKEN_LABEL);
    if mac.volume.expel(&guid) || had_label {
        mac.effects.of(name).removed += 1;
    }
}
