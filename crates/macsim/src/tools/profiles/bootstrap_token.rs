//! `profiles … -type bootstraptoken`.

use super::option;
use crate::model::mac::Mac;
use crate::rules::bootstrap_token::{
    install as install_rule, remove as remove_rule, validate as validate_rule,
};
use crate::rules::refusal::{Circumstances, Credentials, Refusal};
use crate::tools::session::{Exit, GETPASS_LIMIT, Session};

/// A password in the arguments may be this long.
const ARGUMENT_LIMIT: usize = 512;

type Rule = fn(&mut Mac, Credentials<'_>, Circumstances) -> Result<(), Refusal>;

pub(super) fn status(session: &mut Session<'_>) -> Exit {
    if session.uid != 0 {
        session.err("profiles: this command requires root privileges");
        return 1;
    }
    let (enrolled, supported, escrowed) = session.look(|mac| {
        (
            mac.mdm.enrolled,
            mac.mdm.bootstrap_token_supported,
            mac.mdm.escrowed_bootstrap_token.is_some(),
        )
    });
    if !enrolled {
        session.err("profiles: This device is not enrolled with an MDM server.");
        return 1;
    }
    let word = |value| if value { "YES" } else { "NO" };
    session.out(&format!(
        "profiles: Bootstrap Token supported on server: {}",
        word(supported)
    ));
    if supported {
        session.out(&format!(
            "profiles: Bootstrap Token escrowed to server: {}",
            word(escrowed)
        ));
    }
    0
}

pub(super) fn install(session: &mut Session<'_>, args: &[String]) -> Exit {
    let outcome = apply(session, args, install_rule);
    finish(
        session,
        outcome,
        &[
            "profiles: Bootstrap Token created",
            "profiles: Bootstrap Token escrowed",
        ],
    )
}

pub(super) fn validate(session: &mut Session<'_>, args: &[String]) -> Exit {
    let outcome = apply(session, args, validate_rule);
    finish(session, outcome, &["profiles: Bootstrap Token validated"])
}

pub(super) fn remove(session: &mut Session<'_>, args: &[String]) -> Exit {
    let outcome = apply(session, args, remove_rule);
    finish(session, outcome, &["profiles: Bootstrap Token removed"])
}

/// Takes the credentials from the arguments or asks for them, then applies the rule.
fn apply(session: &mut Session<'_>, args: &[String], rule: Rule) -> Result<(), String> {
    let name = match option(args, "-user") {
        Some(name) => name.to_owned(),
        None => session.ask("Enter the admin user name:").unwrap_or_default(),
    };
    let password = match option(args, "-password").or_else(|| option(args, "-pass")) {
        Some(given) if given.len() > ARGUMENT_LIMIT => {
            return Err("profiles: Unable to authenticate (err = -69581).".to_owned());
        }
        Some(given) => given.to_owned(),
        None => session
            .getpass(&format!("Enter the password for user '{name}':"), GETPASS_LIMIT)
            .unwrap_or_default(),
    };
    let at = session.circumstances();
    let outcome = session.effect(|mac| {
        rule(
            mac,
            Credentials {
                name: &name,
                password: &password,
            },
            at,
        )
    });
    match outcome {
        Err(refusal) if !session.lied() => Err(words(&refusal)),
        _ => Ok(()),
    }
}

fn finish(session: &mut Session<'_>, outcome: Result<(), String>, lines: &[&str]) -> Exit {
    match outcome {
        Ok(()) => {
            for line in lines {
                session.out(line);
            }
            0
        }
        Err(text) => {
            session.err(&text);
            1
        }
    }
}

fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BlankPassword => "Error: Password is required.",
        Refusal::NotManaged => "profiles: Bootstrap Token is not supported by the MDM server.",
        Refusal::TokenMismatch => "Unable to verify token (err = -69594).",
        _ => "Unable to authenticate user information.",
    }
    .to_owned()
}
