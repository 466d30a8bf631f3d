//! The small switches: `-filesystem status`, `-guestAccount` and what is only asked about.

use super::arguments::Arguments;
use crate::model::volume::FileSystem;
use crate::tools::session::Session;

pub(super) fn filesystem(session: &mut Session<'_>, _arguments: &Arguments) {
    let (core_storage, apfs) = session.look(|mac| {
        let on = mac.filevault.is_on();
        (
            on && mac.volume.file_system == FileSystem::CoreStorage,
            on && mac.volume.file_system == FileSystem::Apfs,
        )
    });
    session.log(&format!("Boot volume CS FDE: {}", yes_or_no(core_storage)));
    session.log(&format!("Boot volume APFS FDE: {}", yes_or_no(apfs)));
}

pub(super) fn guest_account(session: &mut Session<'_>, arguments: &Arguments) {
    let is_on = session.look(|mac| mac.session.guest_account);
    match (arguments.subject.as_str(), is_on) {
        ("off", false) => session.log("Guest account is already disabled"),
        ("on", true) => session.log("Guest account is already enabled"),
        ("off", true) => {
            session.effect(|mac| mac.session.guest_account = false);
            session.log("Guest account disabled.");
        }
        ("on", false) => {
            session.effect(|mac| mac.session.guest_account = true);
            session.log("Guest account enabled.");
        }
        (_, true) => session.log("Guest account enabled."),
        (_, false) => session.log("Guest account disabled."),
    }
}

pub(super) fn constant(session: &mut Session<'_>, line: &str) {
    session.log(line);
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "YES" } else { "NO" }
}
