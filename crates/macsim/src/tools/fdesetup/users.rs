//! `add`, `remove`, `sync`.

use super::credentials::{ask_for_adding, from_plist};
use super::{exit, has, option};
use crate::rules::filevault::{add_user, remove_user, sync_users};
use crate::rules::refusal::{Credentials, Refusal};
use crate::tools::session::{Exit, Session};

pub(super) fn add(session: &mut Session<'_>, args: &[String]) -> Exit {
    let given = if has(args, "-inputplist") {
        from_plist(session)
    } else {
        option(args, "-usertoadd")
            .map(str::to_owned)
            .map(|added| ask_for_adding(session, &added))
    };
    let Some(given) = given else {
        session.err("Error: No users were given.");
        return exit::PARAMETER;
    };
    let name = given.name.clone().unwrap_or_default();
    let at = session.circumstances();
    let outcomes: Vec<Result<(), Refusal>> = session.effect(|mac| {
        given
            .others
            .iter()
            .map(|(added, password)| {
                let by = Credentials {
                    name: &name,
                    password: &given.password,
                };
                add_user(
                    mac,
                    by,
                    Credentials {
                        name: added,
                        password,
                    },
                    at,
                )
            })
            .collect()
    });
    let Some(refusal) = outcomes.into_iter().find_map(Result::err) else {
        return 0;
    };
    let (text, exit) = match refusal {
        Refusal::UnknownUser(_) => ("Error: A user record was not found.", exit::USER_NOT_FOUND),
        Refusal::WrongFileVaultState => (
            "Error: Command requires FileVault to be active.",
            exit::OFF_OR_LOCKED,
        ),
        Refusal::WrongTargetPassword => ("Error: User could not be added.", exit::ADDED_USERS_FAILED),
        _ => ("Error: User authentication failed.", exit::AUTHENTICATION),
    };
    session.err(text);
    exit
}

pub(super) fn remove(session: &mut Session<'_>, args: &[String]) -> Exit {
    let uuid = match (option(args, "-uuid"), option(args, "-user")) {
        (Some(uuid), _) => Some(uuid.to_owned()),
        (None, Some(name)) => session.look(|mac| mac.directory.user(name).map(|user| user.guid().to_owned())),
        (None, None) => {
            session.err("Error: No user was given.");
            return exit::PARAMETER;
        }
    };
    let Some(uuid) = uuid else {
        session.err("Error: A user record was not found.");
        return exit::USER_NOT_FOUND;
    };
    match session.effect(|mac| remove_user(mac, &uuid)) {
        Ok(()) => 0,
        Err(_) if session.lied() => 0,
        Err(_) => {
            session.err("Error: User could not be removed.");
            exit::REMOVE_FAILED
        }
    }
}

pub(super) fn sync(session: &mut Session<'_>) -> Exit {
    session.effect(sync_users);
    0
}
