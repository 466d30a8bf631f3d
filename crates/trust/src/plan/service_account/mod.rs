//! The plans of the orders about the service account.

mod create;
mod reinstall;
mod remove;
mod repair;
mod rotate;

pub(super) use create::plan as create;
pub(super) use reinstall::plan as reinstall;
pub(super) use remove::plan as remove;
pub(super) use repair::plan as repair;
pub(super) use rotate::plan as rotate;

use super::{Check, Knowledge, Plan, Row, Situation, preconditions};
use crate::action::GrantSecureToken;
use crate::chain::Member;
use crate::code::Code;
use crate::name::AccountName;
use crate::observation::{Observation, PasswordOutlook};
use crate::service_account::{RECORD_NAME, Status, condition};

/// What can come in between of every order that a Mac carries out by itself.
pub(super) const ON_THE_WAY: [Code; 5] = [
    Code::StateUnreadable,
    Code::ToolFailed,
    Code::OutcomeLost,
    Code::Expired,
    Code::Cancelled,
];

/// The hand-over to the service account by `administrator`.
fn hand_over(administrator: &AccountName, promote_administrator: bool) -> Option<GrantSecureToken> {
    Some(GrantSecureToken {
        administrator: administrator.clone(),
        target: RECORD_NAME.parse().ok()?,
        promote_administrator,
    })
}

/// Whether an account that a person named can hand a token on to the service account, and its password.
fn helper(
    grant: &GrantSecureToken,
    situation: &Situation<'_>,
    observation: &Observation,
    members: &[Member<'_>],
) -> Vec<Row> {
    if grant.administrator.as_str() == RECORD_NAME {
        let saw = "the service account cannot help itself";
        return vec![Row::failed(
            Check::AdministratorExists,
            Code::ServiceAccountNeedsHolder,
            saw,
        )];
    }
    let mut rows = vec![preconditions::granter(grant, observation, members)];
    rows.extend(preconditions::administrator(grant, observation, members));
    rows.push(preconditions::full_disk_access(situation.knowledge, observation));
    rows.extend(preconditions::administrator_not_locked(
        grant.administrator.as_str(),
        situation.knowledge,
        members,
    ));
    rows.extend(preconditions::administrator_password(situation.knowledge));
    rows
}

/// Whether a password can be made that the Mac's policy takes.
fn password_policy(knowledge: Knowledge, observation: &Observation) -> Row {
    let check = Check::PasswordPolicy;
    if knowledge.password_policy == Some(true) {
        return Row::met(check, "a password was made that every rule takes");
    }
    let untried = |saw: String| Row::untried(check, &[Code::PasswordPolicyConflict], saw);
    let seen = observation.service_account.value();
    match seen.map(|seen| &seen.policy.password) {
        _ if knowledge.password_policy == Some(false) => Row::failed(
            check,
            Code::PasswordPolicyConflict,
            "no password satisfies the Mac's rules",
        ),
        Some(PasswordOutlook::Possible) => Row::met(check, "a password can be made that every rule takes"),
        Some(PasswordOutlook::Conflict { rules }) => {
            let words: Vec<&str> = rules.iter().map(|rule| rule.words.as_str()).collect();
            let saw = format!("no password satisfies: {}", words.join("; "));
            Row::failed(check, Code::PasswordPolicyConflict, saw)
        }
        Some(PasswordOutlook::CannotTell { why }) => untried(why.clone()),
        None => untried("the Mac did not tell its rules".to_owned()),
    }
}

/// Whether the service account can be worked with as it is.
pub(super) fn valid(observation: &Observation) -> Row {
    let check = Check::ServiceAccountValid;
    match condition(observation) {
        Status::Valid { .. } => Row::met(check, "valid, proved by its password"),
        Status::Invalid { reasons } => {
            let Some(worst) = reasons.first() else {
                return Row::met(check, "nothing speaks against it");
            };
            Row::failed(check, worst.reason.code(), worst.saw.clone())
        }
        Status::AwaitingFirstLogin => Row::failed(
            check,
            Code::ServiceAccountMissing,
            "it is made at the next login of a holder",
        ),
        Status::NotWanted { why } => Row::failed(check, Code::ServiceAccountMissing, why),
        Status::Unknown { why } => Row::untried(check, &[Code::ServiceAccountUnproved], why),
    }
}

/// The plan for a Mac that has not been seen.
pub(super) fn not_observed() -> Plan {
    Plan::conclude(
        vec![preconditions::not_observed()],
        &[],
        super::Conclusion::default(),
    )
}
