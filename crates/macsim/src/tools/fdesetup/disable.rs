//! `disable`: from 10.13.2 somebody who can open the volume must agree.

use super::credentials::{ask, from_plist};
use super::{exit, has};
use crate::model::filevault::Progress;
use crate::model::os::OsVersion;
use crate::rules::filevault::{authorise, disable};
use crate::tools::session::{Exit, Session};

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let needs_password = session
        .look(|mac| mac.os >= OsVersion::with_patch(10, 13, 2) && mac.filevault.progress != Progress::Off);
    if needs_password {
        let given = if has(args, "-inputplist") {
            from_plist(session)
        } else {
            Some(ask(session, None))
        };
        let given = given.unwrap_or_default();
        let agreed = session.note(|mac| authorise(mac, given.name.as_deref(), &given.password).is_ok());
        if !agreed {
            session.err("Error: User authentication failed.");
            return exit::AUTHENTICATION;
        }
    }
    if session.effect(disable).is_err() && !session.lied() {
        session.err("Error: FileVault is already disabled.");
        return exit::REMOVE_FAILED;
    }
    session.out("FileVault has been disabled.");
    0
}
