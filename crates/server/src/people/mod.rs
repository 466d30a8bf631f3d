//! Who may sign in.

pub(crate) mod add;
pub(crate) mod invite;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod set_role;
#[cfg(test)]
mod tests;
pub(crate) mod view;

use store::person::Change;
use trust::access::Role;
use trust::code::Code;

use crate::access::role_missing;
use crate::app::App;
use crate::identity::Caller;
use crate::problem::Problem;

/// Nobody gives what he has not: a token that may only say who signs in makes no owners.
pub(crate) fn may_give(caller: &Caller, role: Role) -> Result<(), Problem> {
    let lacking = role.rights().list();
    let mut lacking = lacking
        .into_iter()
        .filter(|permission| !caller.rights.may(*permission));
    lacking
        .next()
        .map_or(Ok(()), |permission| Err(role_missing(permission)))
}

/// Whether what was asked is so by now. What was begun by the sessions that have ended with it ends as well.
pub(crate) fn done(app: &App, change: Change) -> Result<(), Problem> {
    match change {
        Change::Now(ended) => {
            for hash in &ended {
                app.events.session_ended(hash);
            }
            Ok(())
        }
        Change::Before => Ok(()),
        Change::NotFound => Err(Problem::not_found()),
        Change::NameTaken => Err(Problem::conflict(Code::NameTaken)),
        Change::LastOwner => Err(Problem::conflict(Code::LastOwner)),
        Change::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

/// The same of what is shown once: a repeated request is not shown it again.
fn made_now(app: &App, change: Change) -> Result<(), Problem> {
    match change {
        Change::Before => Err(Problem::conflict(Code::AlreadyRevealed)),
        other => done(app, other),
    }
}
