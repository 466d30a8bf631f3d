//! `-authonly`: proves a directory password.

use super::status::Status;
use crate::rules::authenticate::authenticate;
use crate::rules::refusal::{Credentials, Refusal};
use crate::tools::session::{GETPASS_LIMIT, Session};

pub(super) fn run(session: &mut Session<'_>, node: &str, args: &[String]) -> Result<(), Status> {
    let name = &args[0];
    let password = match args.get(1) {
        Some(password) => password.clone(),
        None => session.getpass("Password: ", GETPASS_LIMIT).unwrap_or_default(),
    };
    let at = session.circumstances();
    let outcome = session.note(|mac| {
        authenticate(
            mac,
            Credentials {
                name,
                password: &password,
            },
            at,
        )
    });
    let status = match outcome {
        Ok(()) => return Ok(()),
        Err(Refusal::Locked | Refusal::Disabled) => Status::AccountDisabled,
        Err(Refusal::PasswordExpired) => Status::PasswordExpired,
        Err(_) => Status::AuthFailed,
    };
    session.out(&format!(
        "Authentication for node {node} failed. ({}, {})",
        status.number(),
        status.name()
    ));
    Err(status)
}
