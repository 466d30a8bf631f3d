//! `-passwd`: sets a password, or changes one when the old one is given.

use super::path::{Place, RecordType, parse};
use super::status::Status;
use crate::rules::change_password::change_password;
use crate::rules::refusal::{Credentials, Refusal};
use crate::rules::set_password::set_password;
use crate::tools::session::{GETPASS_LIMIT, Session};

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Result<(), Status> {
    let (Some(path), true) = (args.first(), args.len() <= 3) else {
        return Err(Status::AuthFailed);
    };
    let passwords = match &args[1..] {
        [] => vec![
            session
                .getpass("New Password: ", GETPASS_LIMIT)
                .unwrap_or_default(),
        ],
        given => given.to_vec(),
    };
    let Place::Record(RecordType::Users, name) = parse(path)? else {
        return Err(Status::InvalidPath);
    };
    if session.look(|mac| mac.directory.user(&name).is_none()) {
        return Err(Status::RecordNotFound);
    }
    let at = session.circumstances();
    match passwords.as_slice() {
        [old, new] => session
            .effect(|mac| change_password(mac, &name, old, new, at))
            .map_err(|why| status(&why)),
        [new] => {
            let is_root = session.uid == 0;
            let outcome = session.effect(|mac| {
                if is_root {
                    set_password(
                        mac,
                        Credentials {
                            name: &name,
                            password: new,
                        },
                        at,
                    )
                } else {
                    Err(Refusal::NeedsUnlock)
                }
            });
            match outcome {
                Err(Refusal::NeedsUnlock) => ask_for_the_old_one(session, &name, new),
                other => other.map_err(|why| status(&why)),
            }
        }
        _ => Err(Status::AuthFailed),
    }
}

fn ask_for_the_old_one(session: &mut Session<'_>, name: &str, new: &str) -> Result<(), Status> {
    let old = session
        .getpass(
            "Permission denied. Please enter user's old password:",
            GETPASS_LIMIT,
        )
        .unwrap_or_default();
    let at = session.circumstances();
    session
        .effect(|mac| change_password(mac, name, &old, new, at))
        .map_err(|why| {
            let status = status(&why);
            session.out(&format!("passwd: DS error: {}", status.name()));
            status
        })
}

fn status(refusal: &Refusal) -> Status {
    match refusal {
        Refusal::PasswordPolicy => Status::QualityCheckFailed,
        Refusal::Locked | Refusal::Disabled => Status::AccountDisabled,
        Refusal::UnknownUser(_) => Status::RecordNotFound,
        _ => Status::AuthFailed,
    }
}
