//! `enable`: from macOS 26 the plain form no longer shows the recovery key.

use super::credentials::{Given, ask, from_plist};
use super::{exit, has, option};
use crate::model::filevault::Deferral;
use crate::model::mac::Mac;
use crate::rules::filevault::{RecoveryKeyChoice, add_user, enable};
use crate::rules::refusal::{Credentials, Refusal};
use crate::tools::apple_plist::{dictionary, string, xml};
use crate::tools::session::{Exit, Session};

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if let Some(path) = option(args, "-defer") {
        let (output_path, user) = (path.to_owned(), option(args, "-user").map(str::to_owned));
        session.effect(|mac| {
            mac.filevault.deferral = Some(Deferral {
                user,
                output_path,
                profile_uuid: None,
            });
        });
        return 0;
    }
    let given = if has(args, "-inputplist") {
        match from_plist(session) {
            Some(given) => given,
            None => {
                session.err("Error: Unable to read the input property list.");
                return exit::BAD_INPUT;
            }
        }
    } else {
        ask(session, option(args, "-user"))
    };
    if !may_enable(session) {
        session.err("Error: FileVault could not be enabled without Full Disk Access.");
        return exit::AUTHENTICATION;
    }
    let choice = if has(args, "-norecoverykey") {
        RecoveryKeyChoice::Keep
    } else {
        RecoveryKeyChoice::Make
    };
    let name = given.name.clone().unwrap_or_default();
    let at = session.circumstances();
    let outcome = session.effect(|mac| {
        let by = Credentials {
            name: &name,
            password: &given.password,
        };
        let key = enable(mac, by, choice, at)?;
        let failed = given
            .others
            .iter()
            .any(|(name, password)| add_user(mac, by, Credentials { name, password }, at).is_err());
        Ok((key, failed))
    });
    match outcome {
        Ok((key, failed)) => {
            report(session, args, &given, key);
            if failed { exit::ADDED_USERS_FAILED } else { 0 }
        }
        Err(refusal) => refuse(session, &refusal),
    }
}

fn report(session: &mut Session<'_>, args: &[String], given: &Given, key: Option<String>) {
    let Some(key) = key else { return };
    if has(args, "-outputplist") {
        let now = session.now();
        let text = session.look(|mac| {
            let name = given.name.as_deref().unwrap_or_default();
            xml(&recovery_plist(mac, &key, name, &now.date_time(), false))
        });
        session.out_raw(&text);
    } else if session.look(|mac| mac.os.major < 26) {
        session.out(&format!("Recovery key = '{key}'"));
    }
}

/// What `-outputplist` shows about a new key.
pub(super) fn recovery_plist(mac: &Mac, key: &str, user: &str, date: &str, rotated: bool) -> plist::Value {
    let mut pairs = Vec::new();
    if rotated {
        pairs.push(("Change", plist::Value::Boolean(true)));
        pairs.push(("EnableDate", string(date)));
    }
    pairs.extend([
        ("EnabledDate", string(date)),
        ("EnabledUser", string(user)),
        ("HardwareUUID", string(&mac.hardware.uuid)),
        ("RecoveryKey", string(key)),
        ("SerialNumber", string(&mac.hardware.serial)),
    ]);
    dictionary(pairs)
}

fn refuse(session: &mut Session<'_>, refusal: &Refusal) -> Exit {
    let (text, exit) = match refusal {
        Refusal::WrongFileVaultState => ("Error: FileVault is already enabled.", exit::ALREADY_ENABLED),
        Refusal::BlankPassword => (
            "Error: One or more users have a blank password.",
            exit::BLANK_PASSWORD,
        ),
        Refusal::NotSupported => ("Error: This volume format is not supported.", exit::NOT_SUPPORTED),
        _ => ("Error: User authentication failed.", exit::AUTHENTICATION),
    };
    session.err(text);
    exit
}

/// From 10.15 the caller needs Full Disk Access, or a management profile.
fn may_enable(session: &mut Session<'_>) -> bool {
    session.look(|mac| {
        mac.os < crate::model::os::OsVersion::new(10, 15)
            || mac.knobs.full_disk_access
            || mac.mdm.user_approved
    })
}
