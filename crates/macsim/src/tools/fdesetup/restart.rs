//! `authrestart`: a restart that needs no typing at the FileVault screen.

use super::credentials::{ask, from_plist};
use super::{exit, has};
use crate::rules::filevault::authorise;
use crate::rules::reboot::reboot;
use crate::tools::session::{Exit, Session};

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let given = if has(args, "-inputplist") {
        from_plist(session)
    } else {
        Some(ask(session, None))
    };
    let given = given.unwrap_or_default();
    if session.note(|mac| authorise(mac, given.name.as_deref(), &given.password).is_err()) {
        session.err("Error: User authentication failed.");
        return exit::AUTHENTICATION;
    }
    let at = session.circumstances();
    session.effect(|mac| reboot(mac, at));
    session.err("System is being restarted");
    0
}
