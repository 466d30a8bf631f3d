//! Somebody logs in: at the screen, over ssh, or by `su`.
//!
//! Whoever has a shell that ends at once can prove a password and opens the disk at the start-up screen; a session does not
//! begin.

use super::authenticate::authenticate;
use super::bootstrap_token;
use super::first_token;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::mac::Mac;
use crate::model::os::OsVersion;

/// A login at the screen. Besides the password check it is the moment at which the bootstrap token gives
/// an account its token, and at which a holder's login escrows a missing bootstrap token.
///
/// # Errors
/// Those of authentication; `NoShell`.
pub fn at_the_screen(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    admit(mac, who, at)?;
    begin(mac, who);
    Ok(())
}

/// The password is right, and there is a shell to begin with.
///
/// # Errors
/// Those of authentication; `NoShell`.
pub fn admit(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    authenticate(mac, who, at)?;
    let shell = mac
        .directory
        .user(who.name)
        .map(|user| user.attributes.first("UserShell"));
    match shell {
        Some("/usr/bin/false" | "/bin/false" | "/sbin/nologin") => Err(Refusal::NoShell),
        _ => Ok(()),
    }
}

/// The session of somebody begins, whom every mechanism of the login has let pass.
pub fn begin(mac: &mut Mac, who: Credentials<'_>) {
    if let Some(home) = mac.directory.user(who.name).map(|user| user.home().to_owned()) {
        mac.homes.insert(home);
    }
    mac.session.console_user = Some(who.name.to_owned());
    mac.session.setup_assistant = false;
    let is_holder = mac
        .directory
        .user(who.name)
        .is_some_and(|user| mac.is_holder(user));
    if !is_holder && !who.password.is_empty() && mac.has_secure_tokens() && grants_by_bootstrap_token(mac) {
        if let Some(key) = bootstrap_token::open(mac) {
            first_token::admit(mac, who, key);
        }
    } else if is_holder
        && mac.os >= OsVersion::with_patch(10, 15, 4)
        && mac.mdm.enrolled
        && mac.mdm.bootstrap_token_supported
        && mac.session.network
        && mac.mdm.escrowed_bootstrap_token.is_none()
        && let Some(guid) = mac.directory.user(who.name).map(|user| user.guid().to_owned())
        && let Some(key) = mac.volume.unlock(&guid, who.password)
    {
        bootstrap_token::escrow(mac, key);
    }
}

/// A password login over ssh: an authentication and nothing more. A login with a key proves no password
/// and changes nothing, so it needs no rule.
///
/// # Errors
/// Those of authentication; `NoShell`.
pub fn over_ssh(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    admit(mac, who, at)
}

/// `su` by somebody who is not root: an authentication, and then the other account's shell.
///
/// # Errors
/// Those of authentication; `NoShell`.
pub fn by_su(mac: &mut Mac, who: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    admit(mac, who, at)
}

/// In 10.15 the bootstrap token helped only automatically enrolled Macs.
fn grants_by_bootstrap_token(mac: &Mac) -> bool {
    mac.can_use_bootstrap_token() && (mac.os.major >= 11 || mac.mdm.automated)
}
