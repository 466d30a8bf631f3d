//! A password is changed by somebody who knows the old one: both sides follow, the token stays.

use super::authenticate::authenticate;
use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use super::set_password::store;
use crate::model::crypto_user::CryptoUserKind;
use crate::model::mac::Mac;

/// Changes the password from `old` to `new`.
///
/// # Errors
/// Those of authentication; `PasswordPolicy`; `OutOfSync` when the old password opens the account but not
/// the disk.
pub fn change_password(
    mac: &mut Mac,
    name: &str,
    old: &str,
    new: &str,
    at: Circumstances,
) -> Result<(), Refusal> {
    authenticate(mac, Credentials { name, password: old }, at)?;
    if !mac.password_policy.allows(new) {
        return Err(Refusal::PasswordPolicy);
    }
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
