//! `fdesetup`: FileVault.

mod credentials;
mod disable;
mod enable;
mod exit;
mod query;
mod recovery;
mod restart;
mod users;

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let (verb, rest) = match args.split_first() {
        Some((verb, rest)) => (verb.as_str(), rest),
        None => return usage(session),
    };
    let anybody_may = matches!(
        verb,
        "status" | "isactive" | "supportsauthrestart" | "version" | "help"
    );
    if session.uid != 0 && !anybody_may {
        session.err("Error: This command must be run as root.");
        return exit::AUTHENTICATION;
    }
    match verb {
        "status" => query::status(session),
        "isactive" => query::is_active(session),
        "list" => query::list(session, rest),
        "haspersonalrecoverykey" => query::has_personal_recovery_key(session),
        "hasinstitutionalrecoverykey" => query::has_institutional_recovery_key(session),
        "usingrecoverykey" => query::using_recovery_key(session),
        "supportsauthrestart" => query::truth(session, true),
        "showdeferralinfo" => query::deferral(session),
        "version" => {
            session.out("100");
            0
        }
        "enable" => enable::run(session, rest),
        "disable" => disable::run(session, rest),
        "add" => users::add(session, rest),
        "remove" => users::remove(session, rest),
        "sync" => users::sync(session),
        "changerecovery" => recovery::change(session, rest),
        "removerecovery" => recovery::remove(session, rest),
        "validaterecovery" => recovery::validate(session, rest),
        "authrestart" => restart::run(session, rest),
        _ => usage(session),
    }
}

/// Whether the flag is there.
fn has(args: &[String], flag: &str) -> bool {
    args.iter().any(|arg| arg == flag)
}

/// The value behind the flag.
fn option<'a>(args: &'a [String], flag: &str) -> Option<&'a str> {
    let position = args.iter().position(|arg| arg == flag)?;
    args.get(position + 1).map(String::as_str)
}

fn usage(session: &mut Session<'_>) -> Exit {
    session.err("usage: fdesetup <verb> <options>");
    exit::UNKNOWN_COMMAND
}
