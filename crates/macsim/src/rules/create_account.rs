//! A new account, as `sysadminctl -addUser` makes it.

use super::first_token;
use super::grant::open_volume;
use super::refusal::{Circumstances, Credentials, Refusal};
use super::set_password::store;
use crate::model::mac::Mac;
use crate::model::user::User;

/// What the caller asked for.
#[derive(Clone, Debug, Default)]
pub struct NewAccount {
    /// Record name.
    pub name: String,
    /// Full name; the record name when empty.
    pub full_name: String,
    /// `UniqueID`.
    pub uid: u32,
    /// Primary group.
    pub gid: u32,
    /// Path of the home folder.
    pub home: String,
    /// Make the home folder.
    pub make_home: bool,
    /// Login shell; macOS's default when `None`.
    pub shell: Option<String>,
    /// Password hint.
    pub hint: Option<String>,
    /// Picture.
    pub picture: Option<String>,
    /// Make it an administrator.
    pub admin: bool,
    /// Hide it from the login window.
    pub hidden: bool,
    /// Keep the automatic first token away from it.
    pub bar_first_token: bool,
}

/// Makes the record, its home and its password. `authoriser` is a holder who hands the token on at once.
/// Returns whether the account came out holding one.
///
/// # Errors
/// `AlreadyExists` for a taken name; `PasswordPolicy`; `BlankPassword` when FileVault is on.
/// An authoriser that cannot grant is no error: the account is made without a token.
pub fn create_account(
    mac: &mut Mac,
    wanted: &NewAccount,
    password: &str,
    authoriser: Option<Credentials<'_>>,
    at: Circumstances,
) -> Result<bool, Refusal> {
    if mac.directory.user(&wanted.name).is_some() {
        return Err(Refusal::AlreadyExists);
    }
    if password.is_empty() && mac.filevault.is_on() {
        return Err(Refusal::BlankPassword);
    }
    if !password.is_empty() && !mac.password_policy.allows(password) {
        return Err(Refusal::PasswordPolicy);
    }
    add_record(mac, wanted, at);
    let who = Credentials {
        name: &wanted.name,
        password,
    };
    store(mac, who, at);
    first_token::on_password_set(mac, who);
    if let Some(authoriser) = authoriser
        && !mac
            .directory
            .user(&wanted.name)
            .is_some_and(|user| mac.is_holder(user))
        && mac.has_secure_tokens()
        && let Ok(key) = open_volume(mac, authoriser)
    {
        first_token::admit(mac, who, key);
    }
    Ok(mac
        .directory
        .user(&wanted.name)
        .is_some_and(|user| mac.is_holder(user)))
}

/// Makes the record and its home folder, without a password.
pub fn add_record(mac: &mut Mac, wanted: &NewAccount, at: Circumstances) {
    let full_name = if wanted.full_name.is_empty() {
        &wanted.name
    } else {
        &wanted.full_name
    };
    let mut user = User::new(
        &wanted.name,
        full_name,
        wanted.uid,
        wanted.gid,
        at.now,
        &mut mac.random,
    );
    if !wanted.home.is_empty() {
        user.attributes.set("NFSHomeDirectory", [wanted.home.as_str()]);
    }
    for (attribute, value) in [
        ("UserShell", &wanted.shell),
        ("AuthenticationHint", &wanted.hint),
        ("Picture", &wanted.picture),
    ] {
        if let Some(value) = value {
            user.attributes.set(attribute, [value.as_str()]);
        }
    }
    if wanted.hidden {
        user.attributes.set("IsHidden", ["1"]);
    }
    if wanted.bar_first_token {
        user.attributes.append(
            "AuthenticationAuthority",
            crate::model::user::DISABLED_TOKEN_LABEL,
        );
    }
    if wanted.make_home {
        mac.homes.insert(user.home().to_owned());
    }
    mac.directory.users.push(user);
    if wanted.admin {
        mac.directory.add_member("admin", &wanted.name);
    }
    mac.effects.of(&wanted.name).created += 1;
}
