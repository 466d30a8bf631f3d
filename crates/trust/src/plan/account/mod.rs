//! The plans of the actions on an account that exists.

mod access;
mod delete;
mod password;
mod rights;

pub(super) use access::{disable, unlock};
pub(super) use delete::plan as delete;
pub(super) use password::{change as change_password, reset as reset_password};
pub(super) use rights::{demote, promote};

use std::collections::BTreeSet;

use super::{Check, Conclusion, Plan, Row, Situation, preconditions};
use crate::chain::{self, Member};
use crate::code::Code;
use crate::name::AccountName;
use crate::observation::Observation;
use crate::service_account::RECORD_NAME;

/// What can come in between of each of them.
const ON_THE_WAY: [Code; 6] = [
    Code::StateUnreadable,
    Code::ToolFailed,
    Code::OutcomeLost,
    Code::DeviceReplaced,
    Code::Expired,
    Code::Cancelled,
];

/// An account that something is to be done to, on a Mac that was seen.
struct Seen<'a> {
    observation: &'a Observation,
    members: Vec<Member<'a>>,
    /// Position of the target among the members.
    target: Option<usize>,
}

impl<'a> Seen<'a> {
    fn of(target: &AccountName, situation: &Situation<'a>) -> Option<Self> {
        let observation = situation.observation?;
        let members = chain::members(observation);
        let is_target = |member: &Member<'_>| member.account.record_name == target.as_str();
        Some(Self {
            observation,
            target: members.iter().position(is_target),
            members,
        })
    }

    fn target(&self) -> Option<&Member<'a>> {
        self.target.and_then(|position| self.members.get(position))
    }

    /// Whether there is such an account, and it is a person's.
    fn exists(&self, name: &AccountName) -> Row {
        let check = Check::TargetExists;
        if name.as_str() == RECORD_NAME {
            let saw = "the agent looks after it";
            return Row::failed(check, Code::ServiceAccountProtected, saw);
        }
        if self.observation.accounts.value().is_none() {
            return Row::untried(check, &[Code::TargetUnknown], preconditions::ACCOUNTS_UNTOLD);
        }
        match self.target() {
            Some(member) => Row::met(check, member.account.real_name.clone()),
            None => Row::failed(check, Code::TargetUnknown, format!("no account {name}")),
        }
    }
}

/// The plan for a Mac that has not been seen.
fn not_observed() -> Plan {
    Plan::conclude(vec![preconditions::not_observed()], &[], Conclusion::default())
}

/// Gathers the plan of an action that ends in `success`, or in `failure` when the Mac will not.
fn conclude(rows: Vec<Row>, seen: &Seen<'_>, (success, failure): (Code, Code)) -> Plan {
    let mishaps = match success {
        Code::NothingToDo => BTreeSet::new(),
        _ => ON_THE_WAY.into_iter().chain([failure]).collect(),
    };
    let conclusion = Conclusion {
        success,
        mishaps,
        ..Conclusion::default()
    };
    Plan::conclude(rows, &seen.members, conclusion)
}
