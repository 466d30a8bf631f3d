//! `-autologin set|off|status` (macOS 13 and later).

use super::arguments::Arguments;
use super::passwords::{complain, prompt_for, resolve};
use super::refusal_text::FRAMEWORK;
use crate::rules::authenticate::authenticate;
use crate::rules::refusal::Credentials;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    match arguments.subject.as_str() {
        "off" => {
            session.effect(|mac| mac.session.auto_login_user = None);
            session.log("Automatic login is OFF.");
        }
        "set" => set(session, arguments),
        _ => {
            let line = session.look(|mac| {
                if mac.filevault.is_on() {
                    "Automatic login is disabled because FileVault is enabled.".to_owned()
                } else {
                    match &mac.session.auto_login_user {
                        Some(user) => format!("Automatic login user: {user}"),
                        None => "Automatic login is OFF.".to_owned(),
                    }
                }
            });
            session.log(&line);
        }
    }
}

fn set(session: &mut Session<'_>, arguments: &Arguments) {
    let obstacle = session.look(|mac| {
        if mac.filevault.is_on() {
            Some("Automatic login is disabled because FileVault is enabled.")
        } else if mac.session.auto_login_forbidden {
            Some("Automatic login is disabled by your system administrator.")
        } else if mac.session.auto_login_blocked_by_purchases && !arguments.force {
            Some("Automatic login can not be set because because TouchID, Apple Pay or App Store purchases are enabled (use -force flag to override)")
        } else if mac.session.console_user.is_none() {
            Some("SACSetAutoLoginPassword error:22")
        } else {
            None
        }
    });
    if let Some(obstacle) = obstacle {
        session.log(obstacle);
        return;
    }
    let name = arguments.user_name.clone().unwrap_or_default();
    let Some(password) = resolve(session, arguments.password.as_deref(), &prompt_for(&name)) else {
        complain(session);
        return;
    };
    let at = session.circumstances();
    let right = session
        .note(|mac| {
            authenticate(
                mac,
                Credentials {
                    name: &name,
                    password: &password,
                },
                at,
            )
        })
        .is_ok();
    if !right {
        session.log(FRAMEWORK);
        return;
    }
    session.effect(|mac| mac.session.auto_login_user = Some(name.clone()));
    session.log(&format!("Automatic login user: {name}"));
}
