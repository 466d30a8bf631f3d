//! Proving a password to Open Directory, with the counting that can lock an account, and the automatic
//! first token that older versions hand out at that moment.

use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::mac::Mac;

/// Checks `who` against the directory only. The disk password plays no part.
///
/// # Errors
/// `UnknownUser`, `Disabled`, `Locked` or `WrongTargetPassword`; `PasswordExpired` for the right one when it is too old.
pub fn authenticate(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    prove(mac, who, at)?;
    let expired = mac
        .directory
        .user(who.name)
        .is_some_and(|user| mac.password_policy.has_expired(&user.policy, at.now));
    if expired {
        return Err(Refusal::PasswordExpired);
    }
    first_token::on_authentication(mac, who);
    Ok(())
}

/// The same for somebody who is about to change it: its age does not matter.
///
/// # Errors
/// `UnknownUser`, `Disabled`, `Locked` or `WrongTargetPassword`.
pub fn prove(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    let policy = &mac.password_policy;
    let Some(user) = mac.directory.user_mut(who.name) else {
        return Err(Refusal::UnknownUser(who.name.to_owned()));
    };
    if user.is_disabled() {
        return Err(Refusal::Disabled);
    }
    if policy.is_locked(&user.policy, at.now) {
        return Err(Refusal::Locked);
    }
    if !user.accepts(who.password) {
        user.policy.failed_login_count += 1;
        user.policy.failed_login_timestamp = Some(at.now);
        mac.effects.of(who.name).failed_logins += 1;
        return Err(Refusal::WrongTargetPassword);
    }
    user.policy.failed_login_count = 0;
    Ok(())
}
