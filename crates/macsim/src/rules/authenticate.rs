//! Proving a password to Open Directory, with the counting that can lock an account, and the automatic
//! first token that older versions hand out at that moment.

use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::mac::Mac;

/// Checks `who` against the directory only. The disk password plays no part.
///
/// # Errors
/// `UnknownUser`, `Disabled`, `Locked` or `WrongTargetPassword`.
pub fn authenticate(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    let limit = mac.password_policy.max_failed_logins;
    let Some(user) = mac.directory.user_mut(who.name) else {
        return Err(Refusal::UnknownUser(who.name.to_owned()));
    };
    if user.is_disabled() {
        return Err(Refusal::Disabled);
    }
    if limit.is_some_and(|limit| user.policy.failed_login_count >= limit) {
        return Err(Refusal::Locked);
    }
    if !user.accepts(who.password) {
        user.policy.failed_login_count += 1;
        user.policy.failed_login_timestamp = Some(at.now);
        mac.effects.of(who.name).failed_logins += 1;
        return Err(Refusal::WrongTargetPassword);
    }
    user.policy.failed_login_count = 0;
    first_token::on_authentication(mac, who);
    Ok(())
}
