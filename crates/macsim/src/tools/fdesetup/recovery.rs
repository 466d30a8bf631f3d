//! `changerecovery`, `removerecovery`, `validaterecovery`.

use super::credentials::{Given, ask, from_plist};
use super::enable::recovery_plist;
use super::{exit, has};
use crate::model::crypto_user::PERSONAL_RECOVERY;
use crate::model::knobs::ToldKey;
use crate::rules::filevault::authorise;
use crate::rules::recovery_key;
use crate::rules::refusal::Refusal;
use crate::tools::apple_plist::xml;
use crate::tools::session::{Exit, Session};

const UNABLE: &str = "Error: Unable to unlock or authenticate to FileVault.";
const AUTH_FAILED: &str = "Error: User authentication failed.";

pub(super) fn change(session: &mut Session<'_>, args: &[String]) -> Exit {
    if !has(args, "-personal") {
        session.err("Error: Only the personal recovery key can be changed.");
        return exit::PARAMETER;
    }
    if !session.look(|mac| mac.filevault.is_on()) {
        session.err("Error: Command requires FileVault to be active.");
        return exit::OFF_OR_LOCKED;
    }
    let verbose = has(args, "-verbose");
    let from_stdin = has(args, "-inputplist");
    let Some(given) = given(session, args) else {
        return bad_input(session);
    };
    if verbose {
        if from_stdin {
            session.err("fdesetup: auth info dictionary path = stdin");
        }
        session.err("fdesetup: use personal recovery key");
        session.err("fdesetup: device path = /");
    }
    let outcome = session.effect(|mac| {
        let key = authorise(mac, given.name.as_deref(), &given.password)?;
        Ok::<String, Refusal>(recovery_key::replace(mac, key))
    });
    let key = match outcome {
        Ok(key) => key,
        Err(_) => {
            session.err(if from_stdin { UNABLE } else { AUTH_FAILED });
            return exit::AUTHENTICATION;
        }
    };
    if verbose {
        session.err("Escrowing recovery key...");
    }
    let key = match session.look(|mac| mac.knobs.told_recovery_key) {
        ToldKey::Truly => key,
        ToldKey::Another => session.look(|mac| recovery_key::draw(&mut mac.random.clone())),
        ToldKey::Nothing => return 0,
    };
    if has(args, "-outputplist") {
        let date = session.now().date_time();
        let user = given.name.unwrap_or_default();
        let text = session.look(|mac| xml(&recovery_plist(mac, &key, &user, &date, true)));
        session.out_raw(&text);
    } else {
        session.out(&format!("New personal recovery key = '{key}'"));
    }
    0
}

pub(super) fn remove(session: &mut Session<'_>, args: &[String]) -> Exit {
    let Some(given) = given(session, args) else {
        return bad_input(session);
    };
    let outcome = session.effect(|mac| {
        authorise(mac, given.name.as_deref(), &given.password)?;
        recovery_key::remove(mac)
    });
    match outcome {
        Ok(()) => 0,
        Err(Refusal::NeedsUnlock | Refusal::Locked) => {
            session.err(UNABLE);
            exit::AUTHENTICATION
        }
        Err(_) => {
            session.err("Error: Unable to remove the recovery key.");
            exit::REMOVE_KEY_FAILED
        }
    }
}

/// A wrong key of the right shape is an answer, but still no success.
pub(super) fn validate(session: &mut Session<'_>, args: &[String]) -> Exit {
    let key = if has(args, "-inputplist") {
        from_plist(session).map(|given| given.password)
    } else {
        session.getpass("Enter the current recovery key:", 1024)
    };
    let key = key.unwrap_or_default();
    if !recovery_key::is_well_formed(&key) {
        session.err("Error: Not a valid recovery key.");
        return exit::BAD_INPUT;
    }
    let valid = session
        .look(|mac| mac.volume.crypto_user(PERSONAL_RECOVERY).is_some() && recovery_key::is_valid(mac, &key));
    session.out(if valid { "true" } else { "false" });
    if valid { 0 } else { exit::CHANGE_KEY_FAILED }
}

fn given(session: &mut Session<'_>, args: &[String]) -> Option<Given> {
    if has(args, "-inputplist") {
        from_plist(session)
    } else {
        Some(ask(session, None))
    }
}

fn bad_input(session: &mut Session<'_>) -> Exit {
    session.err("Error: Unable to read the input property list.");
    exit::BAD_INPUT
}
