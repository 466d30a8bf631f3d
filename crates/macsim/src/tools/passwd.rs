//! `passwd [USER]`.

use super::session::{Exit, GETPASS_LIMIT, Session};
use crate::rules::change_password::change_password;
use crate::rules::inject_hash::inject_hash;
use crate::rules::refusal::{Credentials, Refusal};
use crate::rules::set_password::set_password;

const WARNING: &str = "
################################### WARNING ###################################
# This tool does not update the login keychain password.                      #
# To update it, run `security set-keychain-password` as the user in question, #
# or as root providing a path to such user's login keychain.                  #
###############################################################################
";

const POLICY: &str = "Password change failed because password does not meet minimum quality requirements.";

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let uid = i64::from(session.uid);
    let name = match args.iter().find(|arg| !arg.starts_with('-')) {
        Some(name) => name.clone(),
        None => session
            .look(|mac| mac.directory.user_by_uid(uid).map(|user| user.name().to_owned()))
            .unwrap_or_default(),
    };
    let Some((has_token, desynchronises)) = session.look(|mac| {
        mac.directory
            .user(&name)
            .map(|user| (user.has_token_label(), mac.knobs.root_passwd_desynchronises))
    }) else {
        session.err(&format!("passwd: Unknown user name '{name}'."));
        return 1;
    };
    session.out(&format!("Changing password for {name}."));
    let needs_old = session.uid != 0 || has_token && !desynchronises;
    let old = if needs_old {
        session.getpass("Old password:", GETPASS_LIMIT)
    } else {
        None
    };
    let new = session
        .getpass("New password:", GETPASS_LIMIT)
        .unwrap_or_default();
    let again = session
        .getpass("Retype new password:", GETPASS_LIMIT)
        .unwrap_or_default();
    if new != again {
        session.err("passwd: password mismatch");
        return 1;
    }
    let at = session.circumstances();
    let outcome = session.effect(|mac| match &old {
        Some(old) => change_password(mac, &name, old, &new, at),
        None if has_token && !mac.password_policy.allows(&new) => Err(Refusal::PasswordPolicy),
        None if has_token => inject_hash(
            mac,
            Credentials {
                name: &name,
                password: &new,
            },
            at,
        ),
        None => set_password(
            mac,
            Credentials {
                name: &name,
                password: &new,
            },
            at,
        ),
    });
    match outcome {
        Ok(()) => {
            session.out(WARNING);
            0
        }
        Err(Refusal::PasswordPolicy) => {
            session.err(&format!("passwd: {POLICY}  {POLICY}"));
            1
        }
        Err(_) => {
            session.err("passwd: authentication token failure");
            1
        }
    }
}
