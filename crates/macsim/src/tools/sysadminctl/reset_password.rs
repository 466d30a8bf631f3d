//! `-resetPasswordFor`: the new password is asked for first, then the administrator's.

use super::arguments::Arguments;
use super::passwords::{complain, prompt_for, resolve};
use super::refusal_text::{NEEDS_UNLOCK, raw_status};
use crate::rules::refusal::{Credentials, Refusal};
use crate::rules::reset_password::reset_password;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    let name = arguments.subject.as_str();
    if session.look(|mac| mac.directory.user(name).is_none()) {
        session.log(&format!("Unknown user {name}"));
        return;
    }
    let Some(new) = resolve(session, arguments.new_password.as_deref(), "New password:") else {
        complain(session);
        return;
    };
    let authoriser = match arguments.admin_user.as_deref() {
        None => None,
        Some(admin) => {
            let Some(password) = resolve(session, arguments.admin_password.as_deref(), &prompt_for(admin))
            else {
                complain(session);
                return;
            };
            Some((admin, password))
        }
    };
    let at = session.circumstances();
    let hint = arguments.hint.clone();
    let (outcome, os) = session.effect(|mac| {
        let by = authoriser
            .as_ref()
            .map(|(name, password)| Credentials { name, password });
        let outcome = reset_password(mac, Credentials { name, password: &new }, by, at);
        if let (Ok(()), Some(hint), Some(user)) = (&outcome, hint, mac.directory.user_mut(name)) {
            user.attributes.set("AuthenticationHint", [hint]);
        }
        (outcome, mac.os)
    });
    match outcome {
        Ok(()) => session.log("- Done!"),
        Err(_) if session.lied() => session.log("- Done!"),
        Err(Refusal::PasswordPolicy) => session.log(&raw_status(os, -14165, "DSRecord.m", 607)),
        Err(_) => session.log(NEEDS_UNLOCK),
    }
}
