//! What an agent does next for the local administrator.

use std::time::Duration;

use super::Settings;
use crate::chain::{self, Member};
use crate::name::AccountName;
use crate::observation::{Account, Observation};
use crate::service_account::{self, Status};
use crate::time::Timestamp;
use crate::token::TokenState;

/// So long a rotation waits for the account to log out at the screen: a change under a person's hands locks the keychain, and a
/// session that is never ended must not keep a password for ever.
pub const WAITS_FOR_LOG_OUT: Duration = Duration::from_hours(8);

/// The account that the agent made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made<'a> {
    /// Its record name.
    pub account: &'a AccountName,
    /// Its GUID: another account of the name is not ours.
    pub guid: &'a str,
}

/// What the agent keeps of the account, as far as the next step follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held<'a> {
    /// The account that it made; `None` before it made one.
    pub made: Option<Made<'a>>,
    /// Whether it keeps the password.
    pub has_password: bool,
    /// When the next password is due by the schedule.
    pub due_at: Option<Timestamp>,
    /// Since when another password is wanted because somebody has seen, used or refused this one.
    pub wanted_since: Option<Timestamp>,
}

/// What an agent does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing is to be done.
    Nothing,
    /// Something is to be done, and not now.
    Wait {
        /// For what, for people.
        what: &'static str,
    },
    /// Nothing can be done: an account of that name is there that the agent did not make, and it is left alone.
    NameTaken,
    /// Make the account.
    Make,
    /// Let the service account hand it a token.
    Grant,
    /// Give it another password.
    Rotate,
}

impl Step {
    fn wait(what: &'static str) -> Self {
        Self::Wait { what }
    }
}

/// What the agent of the Mac that `observation` saw does next at `now`.
pub fn next_step(observation: &Observation, settings: &Settings, held: Held<'_>, now: Timestamp) -> Step {
    if observation.knows_secure_token() == Some(false) {
        return Step::Nothing;
    }
    if observation.accounts.value().is_none() {
        return Step::wait("the Mac to tell its accounts");
    }
    let members = chain::members(observation);
    let ours = held.made.and_then(|made| {
        members
            .iter()
            .find(|member| member.account.guid.eq_ignore_ascii_case(made.guid))
    });
    match (ours, held.made) {
        (Some(ours), Some(made))
            if made.account != &settings.account && is_named(ours.account, made.account) =>
        {
            Step::wait("somebody to delete the account that it was before: a Mac has one")
        }
        (Some(ours), _) => look_after(observation, &members, ours, held, now),
        (None, _) if is_taken(&members, settings) => Step::NameTaken,
        // The first token of a Mac belongs to a person.
        (None, _) if !members.iter().any(|member| member.token.holds()) => {
            Step::wait("an account that holds a Secure Token, because the first one of a Mac is for a person")
        }
        (None, _) => Step::Make,
    }
}

fn look_after(
    observation: &Observation,
    members: &[Member<'_>],
    ours: &Member<'_>,
    held: Held<'_>,
    now: Timestamp,
) -> Step {
    if ours.account.disabled {
        return Step::wait("somebody to enable the account");
    }
    if !held.has_password {
        return Step::wait("somebody to delete the account, whose password is lost");
    }
    let service_account_is_valid = matches!(service_account::condition(observation), Status::Valid { .. });
    if ours.token == TokenState::Absent && service_account_is_valid {
        return Step::Grant;
    }
    let by_schedule = held.due_at.filter(|due| *due <= now);
    let Some(due) = by_schedule.into_iter().chain(held.wanted_since).min() else {
        return Step::Nothing;
    };
    let another_holds = members.iter().any(|member| {
        member.account.guid != ours.account.guid && member.token.holds() && !member.account.disabled
    });
    if ours.token.holds() && !another_holds {
        // Its password may be what brings the others back; should the change fail, nobody would hold.
        return Step::wait("another account to hold a Secure Token: this one is the last");
    }
    let is_in = observation
        .console_user
        .value()
        .is_some_and(|user| user.as_deref() == Some(ours.account.record_name.as_str()));
    if is_in && now < due.plus(WAITS_FOR_LOG_OUT) {
        return Step::wait("the account to log out at the screen");
    }
    Step::Rotate
}

/// macOS finds an account by each of its names.
fn is_taken(members: &[Member<'_>], settings: &Settings) -> bool {
    members
        .iter()
        .any(|member| is_named(member.account, &settings.account))
}

fn is_named(account: &Account, name: &AccountName) -> bool {
    let aliases = account.aliases.iter().map(String::as_str);
    aliases
        .chain([account.record_name.as_str()])
        .any(|known| known.eq_ignore_ascii_case(name.as_str()))
}
