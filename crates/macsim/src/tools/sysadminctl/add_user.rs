//! `-addUser`.

use super::arguments::Arguments;
use super::passwords::{prompt_for, resolve};
use super::refusal_text::{FRAMEWORK, raw_status};
use crate::model::os::OsVersion;
use crate::rules::authenticate::authenticate;
use crate::rules::create_account::{NewAccount, create_account};
use crate::rules::refusal::{Credentials, Refusal};
use crate::tools::session::Session;

const RULE: &str = "----------------------------";
const NO_CLEAR_PASSWORD: &str = "No clear text password or interactive option was specified (adduser, change/reset password will not allow user to use FDE) !";

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    let name = arguments.subject.as_str();
    let full_name = arguments.full_name.as_deref().unwrap_or(name);
    if session.look(|mac| {
        mac.directory
            .users
            .iter()
            .any(|user| user.real_name() == full_name && user.name() != name)
    }) {
        session.log(&format!("User with full name '{full_name}' already exists."));
        return;
    }
    let Ok(authoriser) = authoriser(session, arguments) else {
        session.log(FRAMEWORK);
        return;
    };
    if authoriser.is_none() {
        for line in [RULE, NO_CLEAR_PASSWORD, RULE] {
            session.log(line);
        }
    }
    if arguments.role_account && !is_role_account(arguments) {
        session.log("Role accounts require name starting with _ and UID in 200-400 range.");
        return;
    }
    session.log("Creating user record\u{2026}");
    let password = resolve(session, arguments.password.as_deref(), "User password:").unwrap_or_default();
    create(session, arguments, full_name, &password, authoriser.as_ref());
}

fn create(
    session: &mut Session<'_>,
    arguments: &Arguments,
    full_name: &str,
    password: &str,
    authoriser: Option<&(String, String)>,
) {
    let name = arguments.subject.as_str();
    let at = session.circumstances();
    let asked_home = arguments.home.clone();
    let home = asked_home.clone().unwrap_or_else(|| format!("/Users/{name}"));
    let asked_uid: Option<i64> = arguments.uid.as_deref().and_then(|uid| uid.parse().ok());
    let gid = arguments
        .gid
        .as_deref()
        .and_then(|gid| gid.parse().ok())
        .unwrap_or(20);
    let (outcome, uid, uid_taken, home_exists, os) = session.effect(|mac| {
        let uid = asked_uid.unwrap_or_else(|| mac.directory.free_uid());
        let uid_taken = asked_uid.is_some_and(|uid| mac.directory.user_by_uid(uid).is_some());
        let home_exists = mac.homes.contains(&home);
        let wanted = NewAccount {
            name: name.to_owned(),
            full_name: full_name.to_owned(),
            uid: u32::try_from(uid).unwrap_or(0),
            gid,
            home: home.clone(),
            make_home: asked_home.is_none(),
            shell: arguments.shell.clone(),
            hint: arguments.hint.clone(),
            picture: arguments.picture.clone(),
            admin: arguments.admin && !arguments.role_account,
            hidden: arguments.role_account,
            bar_first_token: arguments.role_account && mac.os.major >= 11,
        };
        let by = authoriser.map(|(name, password)| Credentials { name, password });
        let outcome = if mac.tombstones.contains(name) {
            Ok(false)
        } else if uid_taken {
            Err(Refusal::AlreadyExists)
        } else {
            create_account(mac, &wanted, password, by, at)
        };
        if matches!(outcome, Err(Refusal::AlreadyExists)) && asked_home.is_none() {
            mac.homes.insert(home.clone());
        }
        (outcome, uid, uid_taken, home_exists, mac.os)
    });
    match outcome {
        Err(Refusal::PasswordPolicy | Refusal::BlankPassword) if !session.lied() => {
            session.log("New account password error");
            return;
        }
        Err(Refusal::AlreadyExists) => session.log(&raw_status(os, -14135, "DSRecord.m", 496)),
        _ => {}
    }
    session.log(&assigning(os, uid, gid));
    if uid_taken {
        session.log(&raw_status(os, -14135, "DSRecord.m", 326));
    }
    if let Some(home) = &arguments.home {
        session.log(&format!("Home directory is assigned (not created!) at {home}"));
        return;
    }
    session.log(&format!("Creating home directory at {home}"));
    if home_exists {
        session.log(&format!("Directory at path:{home} already exists"));
    }
}

/// The administrator's name and password, if given. A wrong password ends the call.
fn authoriser(session: &mut Session<'_>, arguments: &Arguments) -> Result<Option<(String, String)>, Refusal> {
    let Some(name) = arguments.admin_user.clone() else {
        return Ok(None);
    };
    let password =
        resolve(session, arguments.admin_password.as_deref(), &prompt_for(&name)).unwrap_or_default();
    let at = session.circumstances();
    session.note(|mac| {
        authenticate(
            mac,
            Credentials {
                name: &name,
                password: &password,
            },
            at,
        )
    })?;
    Ok(Some((name, password)))
}

fn assigning(os: OsVersion, uid: i64, gid: u32) -> String {
    if os.major == 10 {
        format!("Assigning UID: {uid}")
    } else {
        format!("Assigning UID: {uid} GID: {gid}")
    }
}

fn is_role_account(arguments: &Arguments) -> bool {
    let uid = arguments.uid.as_deref().and_then(|uid| uid.parse::<u32>().ok());
    arguments.subject.starts_with('_') && uid.is_some_and(|uid| (200..=400).contains(&uid))
}
