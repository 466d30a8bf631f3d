//! What an agent does next for its service account.

use super::{
    ReasonKind, Rung, Settings, Status, condition, ladder, status::is_other, token_of_service_account,
};
use crate::chain::{self, Member};
use crate::name::AccountName;
use crate::observation::{Observation, PasswordOutlook};
use crate::time::Timestamp;
use crate::token::TokenState;

/// A login at the screen, whose password is at hand as long as it is needed.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    /// Record name of the account.
    pub account: &'a AccountName,
}

/// What an agent does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing is to be done. A login's password is dropped at once.
    Nothing,
    /// Something is to be done, and not now.
    Wait {
        /// For what, for people.
        what: String,
    },
    /// Make the account with the credentials of the holder who is logging in.
    Create {
        /// The holder.
        holder: AccountName,
        /// Whether the holder, a standard account, is an administrator for the moment.
        promote: bool,
    },
    /// Let the service account hand a token on to the account that is logging in.
    Grant {
        /// The account.
        target: AccountName,
    },
    /// Repair by this rung.
    Repair {
        /// The rung.
        rung: Rung,
        /// The holder who is logging in, when the rung is theirs.
        holder: Option<AccountName>,
    },
    /// Give the account a new password.
    Rotate,
}

impl Step {
    fn wait(what: &str) -> Self {
        Self::Wait {
            what: what.to_owned(),
        }
    }

    /// Whether a login's password is needed for it.
    pub fn needs_login(&self) -> bool {
        match self {
            Self::Create { .. } | Self::Grant { .. } => true,
            Self::Repair { holder, .. } => holder.is_some(),
            Self::Nothing | Self::Wait { .. } | Self::Rotate => false,
        }
    }
}

/// What the agent of the Mac that `observation` saw does next at `now`, given what the organisation wants and who is logging
/// in, if anybody. What a person orders is not asked of this: an order says what is done.
pub fn next_step(
    observation: &Observation,
    settings: &Settings,
    login: Option<Login<'_>>,
    now: Timestamp,
) -> Step {
    if !settings.wanted {
        return Step::Nothing;
    }
    match condition(observation) {
        Status::NotWanted { .. } => Step::Nothing,
        Status::Unknown { why } => Step::Wait { what: why },
        Status::AwaitingFirstLogin => create(observation, settings, login),
        Status::Invalid { reasons } if reasons.iter().any(|reason| reason.reason == ReasonKind::Missing) => {
            create(observation, settings, login)
        }
        Status::Invalid { .. } => repair(observation, settings, login),
        Status::Valid { .. } => work(observation, settings, login, now),
    }
}

fn create(observation: &Observation, settings: &Settings, login: Option<Login<'_>>) -> Step {
    let seen = observation.service_account.value();
    if let Some(PasswordOutlook::Conflict { .. }) = seen.map(|seen| &seen.policy.password) {
        return Step::wait("the Mac's password policy leaves no password for the service account");
    }
    match login.and_then(|login| holder(observation, settings, login)) {
        Some((holder, promote)) => Step::Create { holder, promote },
        None => Step::wait("a login of an account that holds a Secure Token and may hand it on"),
    }
}

fn repair(observation: &Observation, settings: &Settings, login: Option<Login<'_>>) -> Step {
    let rungs = ladder(observation, settings);
    let open = |rung: Rung| {
        rungs
            .iter()
            .any(|standing| standing.rung == rung && standing.closed.is_none())
    };
    if let Some(rung) = Rung::ALL
        .into_iter()
        .find(|rung| rung.is_automatic() && open(*rung))
    {
        return Step::Repair { rung, holder: None };
    }
    // A login that is there costs less than an order that nobody has given yet.
    let not_yet = !tried(observation, Rung::HolderLogin);
    match login.and_then(|login| holder(observation, settings, login)) {
        Some((holder, _)) if not_yet => Step::Repair {
            rung: Rung::HolderLogin,
            holder: Some(holder),
        },
        _ => Step::Wait {
            what: rungs
                .iter()
                .find(|standing| standing.closed.is_none())
                .map_or_else(String::new, |standing| standing.rung.label().to_owned()),
        },
    }
}

/// The account is valid: it hands on, and is given a new password when that is due.
fn work(observation: &Observation, settings: &Settings, login: Option<Login<'_>>, now: Timestamp) -> Step {
    if let Some(target) = login.and_then(|login| target(observation, settings, login)) {
        return Step::Grant { target };
    }
    let seen = observation.service_account.value();
    let due = seen
        .and_then(|seen| seen.rotation_due_at)
        .is_some_and(|due| due <= now);
    match seen.map(|seen| &seen.policy.password) {
        Some(PasswordOutlook::Conflict { .. }) if due => {
            Step::wait("the Mac's password policy leaves no new password for the service account")
        }
        _ if due => Step::Rotate,
        _ => Step::Nothing,
    }
}

fn tried(observation: &Observation, rung: Rung) -> bool {
    let seen = observation.service_account.value();
    seen.is_some_and(|seen| seen.tried.contains(&rung))
}

/// Who is logging in, when it is a holder who may hand a token on, and whether by being promoted.
fn holder(observation: &Observation, settings: &Settings, login: Login<'_>) -> Option<(AccountName, bool)> {
    let members = chain::members(observation);
    let member = find(&members, login)?;
    let may = is_other(member) && member.token.holds() && !member.account.disabled;
    let promote = !member.account.administrator;
    (may && (!promote || settings.promote_administrators)).then(|| (login.account.clone(), promote))
}

/// Who is logging in, when it is an account without a token that is to have one.
fn target(observation: &Observation, settings: &Settings, login: Login<'_>) -> Option<AccountName> {
    let members = chain::members(observation);
    let member = find(&members, login)?;
    let wanted =
        is_other(member) && member.token == TokenState::Absent && !settings.excludes(login.account.as_str());
    let can_grant = token_of_service_account(observation).is_some_and(TokenState::holds);
    (wanted && can_grant).then(|| login.account.clone())
}

fn find<'a, 'm>(members: &'m [Member<'a>], login: Login<'_>) -> Option<&'m Member<'a>> {
    let name = login.account.as_str();
    members.iter().find(|member| member.account.record_name == name)
}
