//! `-deleteUser`.

use super::arguments::Arguments;
use super::refusal_text::raw_status;
use crate::rules::delete_account::{check, delete_account};
use crate::rules::refusal::Refusal;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    let name = arguments.subject.as_str();
    let facts = session.look(|mac| {
        let allowed = check(mac, name);
        let user = mac.directory.user(name);
        (
            allowed,
            user.map_or(-2, |user| user.uid()),
            user.map(|user| user.home().to_owned()),
            mac.os,
        )
    });
    let (allowed, uid, home, os) = facts;
    match allowed {
        Err(Refusal::UnknownUser(_)) => {
            session.log(&format!("Unknown user {name}"));
            return;
        }
        Err(_) => {
            session.log(&format!(
                "User {name} can not be deleted (it's either last admin user or last secure token user neither of which can be deleted)"
            ));
            return;
        }
        Ok(()) => {}
    }
    session.log(&format!("Killing all processes for UID {uid}"));
    let home = home.unwrap_or_default();
    if !arguments.keep_home {
        let verb = if arguments.secure {
            "Securely removing"
        } else {
            "Removing"
        };
        session.log(&format!("{verb} {name}'s home at {home}"));
    }
    session.log(&format!("Deleting Public share point for {name}"));
    session.log(&format!("Deleting record for {name}"));
    let outcome = session.effect(|mac| delete_account(mac, name, arguments.keep_home));
    session.log(&format!(
        "AOSKit INFO: Disabling BTMM for user, no zone found for uid={uid}, usersToZones: (null)"
    ));
    if outcome.is_err() && !session.lied() {
        session.log(&raw_status(os, -14120, "DSRecord.m", 563));
    }
}
