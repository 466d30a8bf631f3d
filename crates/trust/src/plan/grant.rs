//! The plan of a grant.

use std::collections::BTreeSet;

use super::preconditions::{self, ACCOUNTS_UNTOLD, find};
use super::{Check, Conclusion, Plan, Row, Situation};
use crate::action::GrantSecureToken;
use crate::chain::{self, Member};
use crate::code::Code;
use crate::observation::Observation;
use crate::token::TokenState;

/// What can come in between although every precondition holds.
const MISHAPS: [Code; 8] = [
    Code::GrantNotConfirmed,
    Code::StateUnreadable,
    Code::ToolFailed,
    Code::CredentialStale,
    Code::OutcomeLost,
    Code::DeviceReplaced,
    Code::Expired,
    Code::Cancelled,
];

pub(super) fn plan(grant: &GrantSecureToken, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return Plan::conclude(vec![preconditions::not_observed()], &[], Conclusion::default());
    };
    let members = chain::members(observation);
    let target = find(&members, grant.target.as_str());
    let mut rows = preconditions::device(observation);
    let already = target.is_some_and(|target| target.token.holds());
    if rows.iter().all(|row| row.failure().is_none()) {
        // Where nothing is handed on, who would, and with which password, does not matter.
        if !already {
            rows.push(preconditions::granter(grant, observation, &members));
            rows.extend(preconditions::administrator(grant, observation, &members));
        }
        rows.extend(target_rows(grant, observation, target));
        if !already {
            rows.push(preconditions::full_disk_access(situation.knowledge, observation));
            rows.extend(preconditions::administrator_not_locked(
                grant.administrator.as_str(),
                situation.knowledge,
                &members,
            ));
            rows.extend(preconditions::administrator_password(situation.knowledge));
            rows.extend(preconditions::target_not_locked(target, situation.knowledge));
            rows.push(preconditions::target_password(situation.knowledge));
        }
    }
    rows.extend(preconditions::online(situation.online));
    let filevault = observation.filevault.value();
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: if already {
                Code::AlreadyGranted
            } else {
                Code::Granted
            },
            mishaps: if already {
                BTreeSet::new()
            } else {
                BTreeSet::from(MISHAPS)
            },
            local_password_tries: if already { 0 } else { 2 },
            disk_password_tries: if already { 0 } else { 2 },
            shows_after_restart: !already && filevault.is_some_and(|state| state.locks_the_disk()),
        },
    )
}

fn target_rows(grant: &GrantSecureToken, observation: &Observation, target: Option<&Member<'_>>) -> Vec<Row> {
    if observation.accounts.value().is_none() {
        let codes = [Code::TargetUnknown, Code::AlreadyGranted, Code::TokenUnusable];
        return vec![Row::untried(Check::TargetExists, &codes, ACCOUNTS_UNTOLD)];
    }
    let Some(target) = target else {
        let saw = format!("no account {}", grant.target);
        return vec![Row::failed(Check::TargetExists, Code::TargetUnknown, saw)];
    };
    let token = match target.token {
        TokenState::Absent => Row::met(Check::TargetToken, "none yet"),
        TokenState::Usable { .. } | TokenState::Unverified => {
            Row::met(Check::TargetToken, "it holds one already")
        }
        TokenState::Unusable { .. } => Row::failed(
            Check::TargetToken,
            Code::TokenUnusable,
            "macOS says ENABLED, but the disk refuses the account",
        ),
        TokenState::Unknown => Row::untried(
            Check::TargetToken,
            &[Code::AlreadyGranted, Code::TokenUnusable],
            "the Mac did not tell",
        ),
    };
    vec![
        Row::met(Check::TargetExists, target.account.real_name.clone()),
        token,
    ]
}
