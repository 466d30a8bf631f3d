//! `-resetPasswordFor`: an administrator gives an account a new password without knowing the old one.

use super::authenticate::authenticate;
use super::grant::open_volume;
use super::refusal::{Circumstances, Credentials, Refusal};
use super::set_password::{set_password, store};
use crate::model::crypto_user::CryptoUserKind;
use crate::model::mac::Mac;

/// Resets the password of `target` (its `password` is the new one).
///
/// # Errors
/// `UnknownUser`, `NeedsUnlock` for a holder unless `authoriser` can open the volume,
/// `WrongGranterPassword`, `PasswordPolicy`.
pub fn reset_password(
    mac: &mut Mac,
    target: Credentials<'_>,
    authoriser: Option<Credentials<'_>>,
    at: Circumstances,
) -> Result<(), Refusal> {
    let Some(user) = mac.directory.user(target.name) else {
        return Err(Refusal::UnknownUser(target.name.to_owned()));
    };
    let guid = user.guid().to_owned();
    if !user.has_token_label() {
        return set_password(mac, target, at);
    }
    let authoriser = authoriser.ok_or(Refusal::NeedsUnlock)?;
    authenticate(mac, authoriser, at).map_err(|_| Refusal::WrongGranterPassword)?;
    let key = if authoriser.name == target.name {
        mac.volume
            .unlock(&guid, authoriser.password)
            .ok_or(Refusal::NeedsUnlock)?
    } else {
        open_volume(mac, authoriser).map_err(|_| Refusal::NeedsUnlock)?
    };
    if !mac.password_policy.allows(target.password) {
        return Err(Refusal::PasswordPolicy);
    }
    mac.volume.admit(
        &guid,
        CryptoUserKind::LocalOpenDirectory,
        key,
        target.password,
        &mut mac.random,
    );
    store(mac, target, at);
    Ok(())
}
