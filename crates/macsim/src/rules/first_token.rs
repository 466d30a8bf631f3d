//! The automatic first token: nobody asks for it, and who gets it depends on the version of macOS, on how
//! the account was made and on who came first.

use super::refusal::Credentials;
use crate::model::crypto_user::CryptoUserKind;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::model::user::{TOKEN_LABEL, User};
use crate::model::wrapped_key::VolumeKey;

/// macOS 11 and later: the account's password was set through Open Directory.
pub fn on_password_set(mac: &mut Mac, who: Credentials<'_>) {
    if mac.os.grants_first_token_when_password_is_set() && is_eligible(mac, who.name) {
        claim(mac, who);
    }
}

/// The account's password was proved. Before macOS 11 this is the moment; later only for accounts that
/// missed theirs because the password arrived as a hash.
pub fn on_authentication(mac: &mut Mac, who: Credentials<'_>) {
    let missed_it = mac.directory.user(who.name).is_some_and(|user| user.hash_made);
    if (missed_it || !mac.os.grants_first_token_when_password_is_set()) && is_eligible(mac, who.name) {
        claim(mac, who);
    }
}

/// Takes the key that nobody guards yet and makes it this account's. The caller has checked the password.
/// Returns false when the key is guarded already.
pub fn claim(mac: &mut Mac, who: Credentials<'_>) -> bool {
    let Some(key) = mac.volume.unclaimed_key else {
        return false;
    };
    admit(mac, who, key);
    true
}

/// Gives the account a crypto user and the label, and counts the effect unless it was a holder before.
pub fn admit(mac: &mut Mac, who: Credentials<'_>, key: VolumeKey) {
    let was_holder = mac
        .directory
        .user(who.name)
        .is_some_and(|user| mac.is_holder(user));
    let Some(user) = mac.directory.user_mut(who.name) else {
        return;
    };
    let guid = user.guid().to_owned();
    user.attributes.merge("AuthenticationAuthority", TOKEN_LABEL);
    mac.volume.admit(
        &guid,
        CryptoUserKind::LocalOpenDirectory,
        key,
        who.password,
        &mut mac.random,
    );
    if !was_holder {
        mac.effects.of(who.name).granted += 1;
    }
}

fn is_eligible(mac: &Mac, name: &str) -> bool {
    if !mac.has_secure_tokens() || mac.volume.unclaimed_key.is_none() {
        return false;
    }
    let Some(user) = mac.directory.user(name) else {
        return false;
    };
    if user.is_built_in() {
        return false;
    }
    if mac.os.major >= 11 {
        return !user.bars_first_token();
    }
    if mac.os >= OsVersion::new(10, 15) {
        return mac.directory.is_admin(user);
    }
    // 10.13 and 10.14 look only at regular accounts, and hand out nothing once there are two of them.
    let regular = |user: &&User| user.uid() >= 500;
    regular(&user) && mac.directory.people().filter(regular).count() == 1
}
