//! `unlockVolume` and `changePassphrase`: the disk password, never the directory's.

use crate::model::crypto_user::CryptoUserKind;
use crate::rules::unlock::{unlock, unlock_as_anybody};
use crate::tools::session::{Exit, Session};

const WRONG: &str = "Error unlocking APFS Volume: The given passphrase is incorrect (-69557)";
const NOT_LOCKED: &str = "Error unlocking APFS Volume: The given APFS Volume is not locked (-69589)";
const SANDBOX: &str = "Error unlocking APFS Volume: This operation is restricted by Sandbox (-69464)";

pub(super) fn unlock_volume(session: &mut Session<'_>, args: &[String], device: &str) -> Exit {
    let user = option(args, "-user").map(str::to_owned);
    let verify_only = has(args, "-verify");
    if !session.look(|mac| mac.knobs.full_disk_access) {
        session.err(SANDBOX);
        return 1;
    }
    let passphrase = if has(args, "-stdinpassphrase") {
        session.stdin_line(4096).unwrap_or_default()
    } else if let Some(given) = option(args, "-passphrase") {
        given.to_owned()
    } else {
        session.getpass("Passphrase: ", 4096).unwrap_or_default()
    };
    if !verify_only {
        // The start-up volume of a running Mac is open.
        session.out(&format!(
            "Unlocking any cryptographic user on APFS Volume {device}"
        ));
        session.err(NOT_LOCKED);
        return 1;
    }
    let right = match user {
        Some(uuid) => session.note(|mac| unlock(mac, &uuid, &passphrase).is_ok()),
        None => session.look(|mac| unlock_as_anybody(mac, &passphrase).is_some()),
    };
    if right {
        return 0;
    }
    session.err(WRONG);
    1
}

pub(super) fn change_passphrase(session: &mut Session<'_>, args: &[String], device: &str) -> Exit {
    let Some(uuid) = option(args, "-user").map(str::to_owned) else {
        session.err("A cryptographic user must be specified");
        return 1;
    };
    let read = |session: &mut Session<'_>, flag: &str, stdin_flag: &str, prompt: &str| {
        if has(args, stdin_flag) {
            session.stdin_line(4096).unwrap_or_default()
        } else if let Some(given) = option(args, flag) {
            given.to_owned()
        } else {
            session.getpass(prompt, 4096).unwrap_or_default()
        }
    };
    let old = read(
        session,
        "-oldpassphrase",
        "-oldstdinpassphrase",
        "Old passphrase for user: ",
    );
    let new = read(
        session,
        "-newpassphrase",
        "-newstdinpassphrase",
        "New passphrase for user: ",
    );
    session.out(&format!(
        "Changing passphrase for cryptographic user {uuid} on APFS Volume {device}"
    ));
    let changed = session.effect(|mac| {
        let key = unlock(mac, &uuid, &old)?;
        mac.volume.admit(
            &uuid,
            CryptoUserKind::LocalOpenDirectory,
            key,
            &new,
            &mut mac.random,
        );
        Ok::<(), crate::rules::refusal::Refusal>(())
    });
    if changed.is_err() && !session.lied() {
        session.err("Error changing passphrase: The given passphrase is incorrect (-69557)");
        return 1;
    }
    session.out("Changed passphrase successfully");
    0
}

fn has(args: &[String], flag: &str) -> bool {
    args.iter().any(|arg| arg.eq_ignore_ascii_case(flag))
}

fn option<'a>(args: &'a [String], flag: &str) -> Option<&'a str> {
    let position = args.iter().position(|arg| arg.eq_ignore_ascii_case(flag))?;
    args.get(position + 1).map(String::as_str)
}
