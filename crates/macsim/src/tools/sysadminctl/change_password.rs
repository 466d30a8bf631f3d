//! `-newPassword … -oldPassword …`: the caller's own password; the old one is asked for first.

use super::arguments::Arguments;
use super::passwords::{complain, resolve};
use super::refusal_text::raw_status;
use crate::rules::change_password::change_password;
use crate::rules::refusal::Refusal;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    let uid = i64::from(session.uid);
    let Some(name) = session.look(|mac| mac.directory.user_by_uid(uid).map(|user| user.name().to_owned()))
    else {
        session.log(&format!("Unknown user {uid}"));
        return;
    };
    let old = resolve(session, arguments.old_password.as_deref(), "Old password:");
    let new = resolve(session, arguments.new_password.as_deref(), "New password:");
    let (Some(old), Some(new)) = (old, new) else {
        complain(session);
        return;
    };
    let at = session.circumstances();
    let (outcome, os) = session.effect(|mac| (change_password(mac, &name, &old, &new, at), mac.os));
    match outcome {
        Ok(()) => session.log("- Done!"),
        Err(_) if session.lied() => session.log("- Done!"),
        Err(Refusal::PasswordPolicy) => session.log(&raw_status(os, -14165, "DSRecord.m", 607)),
        Err(_) => session.log(&raw_status(os, -14090, "DSAuthenticator.m", 94)),
    }
}
