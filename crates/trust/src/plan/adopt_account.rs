//! The plan of taking an account over.

use super::{Check, Conclusion, Plan, Row, Situation, preconditions, service_account};
use crate::action::AdoptAccount;
use crate::chain::{self, Member};
use crate::code::Code;
use crate::observation::Observation;
use crate::service_account::RECORD_NAME;
use crate::token::TokenState;

const MISHAPS: [Code; 7] = [
    Code::GrantNotConfirmed,
    Code::StateUnreadable,
    Code::ToolFailed,
    Code::CredentialStale,
    Code::OutcomeLost,
    Code::Expired,
    Code::Cancelled,
];

pub(super) fn plan(adopt: &AdoptAccount, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return Plan::conclude(vec![preconditions::not_observed()], &[], Conclusion::default());
    };
    let members = chain::members(observation);
    let mut rows = preconditions::device(observation);
    rows.push(service_account::valid(observation));
    if rows.iter().all(|row| row.failure().is_none()) {
        rows.extend(target(adopt, observation, &members));
        rows.push(preconditions::full_disk_access(situation.knowledge, observation));
        let account = preconditions::find(&members, adopt.target.as_str());
        rows.extend(preconditions::target_not_locked(account, situation.knowledge));
        rows.push(preconditions::target_password(situation.knowledge));
    }
    rows.extend(preconditions::online(situation.online));
    let filevault = observation.filevault.value();
    let gets_one = members.iter().any(|member| {
        member.account.record_name == adopt.target.as_str() && member.token == TokenState::Absent
    });
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: Code::AccountAdopted,
            mishaps: MISHAPS.into_iter().collect(),
            local_password_tries: 1,
            disk_password_tries: 1,
            shows_after_restart: gets_one && filevault.is_some_and(|state| state.locks_the_disk()),
        },
    )
}

fn target(adopt: &AdoptAccount, observation: &Observation, members: &[Member<'_>]) -> Vec<Row> {
    let name = adopt.target.as_str();
    if observation.accounts.value().is_none() {
        let codes = [Code::TargetUnknown, Code::TokenUnusable];
        return vec![Row::untried(
            Check::TargetExists,
            &codes,
            preconditions::ACCOUNTS_UNTOLD,
        )];
    }
    let found = preconditions::find(members, name).filter(|_| name != RECORD_NAME);
    let Some(member) = found else {
        let saw = format!("no account {name} that a person uses");
        return vec![Row::failed(Check::TargetExists, Code::TargetUnknown, saw)];
    };
    let token = match member.token {
        TokenState::Absent => Row::met(Check::TargetToken, "none yet; the service account hands it one"),
        TokenState::Usable { .. } => Row::met(Check::TargetToken, "it holds one, proved by its password"),
        TokenState::Unverified => Row::untried(
            Check::TargetToken,
            &[Code::TokenUnusable],
            "it holds one, which its password is to prove",
        ),
        TokenState::Unusable { .. } => Row::failed(
            Check::TargetToken,
            Code::TokenUnusable,
            "macOS says ENABLED, but the disk refuses the account",
        ),
        TokenState::Unknown => {
            Row::untried(Check::TargetToken, &[Code::TokenUnusable], "the Mac did not tell")
        }
    };
    vec![
        Row::met(Check::TargetExists, member.account.real_name.clone()),
        token,
    ]
}
