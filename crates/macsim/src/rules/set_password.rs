//! A password is set through Open Directory for an account whose old one is not known.

use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::mac::Mac;

/// Sets the directory password of an account without a token.
///
/// # Errors
/// `UnknownUser`, `NeedsUnlock` for a holder, `PasswordPolicy`.
pub fn set_password(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    let Some(user) = mac.directory.user(who.name) else {
        return Err(Refusal::UnknownUser(who.name.to_owned()));
    };
    if user.has_token_label() {
        return Err(Refusal::NeedsUnlock);
    }
    if !mac.password_policy.allows(who.password) {
        return Err(Refusal::PasswordPolicy);
    }
    store(mac, who, at);
    first_token::on_password_set(mac, who);
    Ok(())
}

/// Writes the directory password and counts the effect; no rule is asked.
pub fn store(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) {
    if let Some(user) = mac.directory.user_mut(who.name) {
        user.store_password(who.password, at.now, &mut mac.random);
        mac.effects.of(who.name).password_set += 1;
    }
}
