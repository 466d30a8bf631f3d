//! A password is reset in recoveryOS: nobody is asked for an old one, and who has opened the disk may give tokens.

use super::first_token;
use super::refusal::{Circumstances, Credentials};
use super::set_password::store;
use crate::model::mac::Mac;
use crate::model::wrapped_key::VolumeKey;

/// Whose token follows the new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resync {
    /// Everybody's, also of those who had none: `resetFileVaultpassword`.
    Everybody,
    /// Only of those who had one: `resetpassword`.
    Holders,
}

/// Gives an account its new password. Without the volume key the disk password stays behind.
pub fn reset(mac: &mut Mac, who: Credentials<'_>, key: Option<VolumeKey>, resync: Resync, at: Circumstances) {
    store(mac, who, at);
    let holder = mac
        .directory
        .user(who.name)
        .is_some_and(|user| mac.is_holder(user));
    if let Some(key) = key
        && mac.has_secure_tokens()
        && (holder || resync == Resync::Everybody)
    {
        first_token::admit(mac, who, key);
    }
}
