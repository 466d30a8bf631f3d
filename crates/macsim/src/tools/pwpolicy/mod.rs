//! `pwpolicy`: account policies.

mod render;

use super::apple_plist::xml;
use super::session::{Exit, Session};

const DISABLED: &str = ";DisabledUser;";

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let user = args
        .iter()
        .position(|arg| arg == "-u")
        .and_then(|position| args.get(position + 1))
        .cloned();
    let verb = args
        .iter()
        .find(|arg| VERBS.contains(&arg.as_str()))
        .map(String::as_str);
    match (verb, user) {
        (Some("-getaccountpolicies"), None) => global_policies(session),
        (Some("-getaccountpolicies"), Some(user)) => user_policies(session, &user),
        (Some("-clearaccountpolicies"), None) => clear(session),
        (Some("-getglobalpolicy"), _) => legacy(session),
        (Some("-authentication-allowed"), Some(user)) => authentication_allowed(session, &user),
        (Some("-disableuser"), Some(user)) => switch(session, &user, false),
        (Some("-enableuser"), Some(user)) => switch(session, &user, true),
        _ => {
            session.out("Usage: pwpolicy [-h]");
            session.out("Usage: pwpolicy [-v] [-a authenticator] [-p password] [-u username] [-n nodename] command [command-arg]");
            1
        }
    }
}

const VERBS: &[&str] = &[
    "-getaccountpolicies",
    "-clearaccountpolicies",
    "-getglobalpolicy",
    "-authentication-allowed",
    "-disableuser",
    "-enableuser",
];

fn global_policies(session: &mut Session<'_>) -> Exit {
    match session.look(|mac| render::policies(&mac.password_policy)) {
        Some(policies) => {
            session.out("Getting global account policies");
            session.out_raw(&xml(&policies));
        }
        None => session.out("No global account policies have been set."),
    }
    0
}

fn user_policies(session: &mut Session<'_>, user: &str) -> Exit {
    if session.look(|mac| mac.directory.user(user).is_none()) {
        session.err(&format!("Error: Unable to find user record for {user}."));
        return 1;
    }
    session.out(&format!("Getting account policies for user {user}"));
    if let Some(policies) = session.look(|mac| render::policies(&mac.password_policy)) {
        session.out_raw(&xml(&policies));
    }
    0
}

fn clear(session: &mut Session<'_>) -> Exit {
    session.out("Clearing global account policies");
    session.effect(|mac| mac.password_policy = crate::model::password_policy::PasswordPolicy::default());
    0
}

fn legacy(session: &mut Session<'_>) -> Exit {
    let line = session.look(|mac| render::legacy(&mac.password_policy));
    session.out(&line);
    0
}

fn authentication_allowed(session: &mut Session<'_>, name: &str) -> Exit {
    let now = session.circumstances().now;
    let allowed = session.look(|mac| {
        mac.directory
            .user(name)
            .map(|user| !user.is_disabled() && !mac.password_policy.is_locked(&user.policy, now))
    });
    match allowed {
        Some(true) => session.out("Password authentication is allowed"),
        Some(false) => session.out(&format!(
            "User {name} is not allowed to authenticate: Failed global policy."
        )),
        None => {
            session.err(&format!("Error: Unable to find user record for {name}."));
            return 1;
        }
    }
    0
}

fn switch(session: &mut Session<'_>, name: &str, enable: bool) -> Exit {
    session.out(&format!(
        "{} account for user {name}",
        if enable { "Enabling" } else { "Disabling" }
    ));
    let found = session.effect(|mac| {
        let keeps_count = mac.knobs.enabling_keeps_failed_logins;
        let Some(user) = mac.directory.user_mut(name) else {
            return false;
        };
        if enable {
            user.attributes.remove_value("AuthenticationAuthority", DISABLED);
            if !keeps_count {
                user.policy.failed_login_count = 0;
            }
        } else {
            user.attributes.merge("AuthenticationAuthority", DISABLED);
        }
        true
    });
    if found { 0 } else { 1 }
}
