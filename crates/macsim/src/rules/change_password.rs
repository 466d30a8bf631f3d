//! A password is changed by somebody who knows the old one: both sides follow, the token stays.

use super::authenticate::prove;
use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use super::set_password::store;
use crate::model::crypto_user::CryptoUserKind;
use crate::model::mac::Mac;
use crate::model::user::User;

/// Changes the password from `old` to `new`.
///
/// # Errors
/// Those of authentication; `PasswordPolicy`, also for one of the last passwords and for a change too soon; `OutOfSync` when
/// the old password opens the account but not the disk.
pub fn change_password(
    mac: &mut Mac,
    name: &str,
    old: &str,
    new: &str,
    at: Circumstances,
) -> Result<(), Refusal> {
    prove(mac, Credentials { name, password: old }, at)?;
    let policy = &mac.password_policy;
    let comes_again = |user: &User| policy.history.is_some_and(|last| user.has_had(new, last));
    let user = mac.directory.user(name);
    if !policy.allows(new)
        || user.is_some_and(|user| comes_again(user) || policy.is_too_young(&user.policy, at.now))
    {
        return Err(Refusal::PasswordPolicy);
    }
    first_token::on_authentication(mac, Credentials { name, password: old });
    let guid = mac
        .directory
        .user(name)
        .map(|user| user.guid().to_owned())
        .unwrap_or_default();
    if mac.volume.crypto_user(&guid).is_some() {
        let key = mac.volume.unlock(&guid, old).ok_or(Refusal::OutOfSync)?;
        mac.volume.admit(
            &guid,
            CryptoUserKind::LocalOpenDirectory,
            key,
            new,
            &mut mac.random,
        );
    }
    store(mac, Credentials { name, password: new }, at);
    first_token::on_password_set(mac, Credentials { name, password: new });
    Ok(())
}
