//! The plan of repairing the service account.

use super::super::{Check, Conclusion, Plan, Row, Situation, preconditions};
use super::{ON_THE_WAY, hand_over, helper, not_observed, password_policy};
use crate::action::RepairServiceAccount;
use crate::chain;
use crate::code::Code;
use crate::observation::Observation;
use crate::service_account::{ReasonKind, Rung, Settings, Status, condition, ladder};

pub(in crate::plan) fn plan(repair: &RepairServiceAccount, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let members = chain::members(observation);
    let condition = condition(observation);
    let valid = matches!(condition, Status::Valid { .. });
    let mut rows = preconditions::device(observation);
    rows.push(needs_repair(&condition));
    if !valid && rows.iter().all(|row| row.failure().is_none()) {
        match &repair.administrator {
            Some(administrator) => {
                rows.push(password_policy(situation.knowledge, observation));
                let grant = hand_over(administrator, repair.promote_administrator);
                rows.extend(
                    grant
                        .iter()
                        .flat_map(|grant| helper(grant, situation, observation, &members)),
                );
            }
            None => rows.push(alone(observation, &condition)),
        }
    }
    rows.extend(preconditions::online(situation.online));
    let own = [
        Code::ServiceAccountNotRepaired,
        Code::AttemptBudgetSpent,
        Code::CredentialStale,
    ];
    let helped = u8::from(repair.administrator.is_some());
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: if valid {
                Code::ServiceAccountValid
            } else {
                Code::ServiceAccountRepaired
            },
            mishaps: ON_THE_WAY.into_iter().chain(own).collect(),
            local_password_tries: if valid { 0 } else { 1 + helped },
            disk_password_tries: if valid { 0 } else { 1 + helped },
            shows_after_restart: false,
        },
    )
}

/// A service account that is not there is made, not repaired.
fn needs_repair(condition: &Status) -> Row {
    let check = Check::ServiceAccountFault;
    match condition {
        Status::Invalid { reasons } => {
            let words: Vec<&str> = reasons.iter().map(|reason| reason.reason.label()).collect();
            match reasons.iter().find(|reason| reason.reason == ReasonKind::Missing) {
                Some(missing) => Row::failed(check, Code::ServiceAccountMissing, missing.saw.clone()),
                None => Row::met(check, words.join(", ")),
            }
        }
        Status::Valid { .. } => Row::met(check, "nothing is wrong with it"),
        Status::AwaitingFirstLogin => Row::failed(
            check,
            Code::ServiceAccountMissing,
            "it is made at the next login of a holder",
        ),
        Status::NotWanted { why } => Row::failed(check, Code::ServiceAccountMissing, why.clone()),
        Status::Unknown { why } => Row::untried(
            check,
            &[Code::ServiceAccountValid, Code::ServiceAccountMissing],
            why.clone(),
        ),
    }
}

/// What the agent can do without anybody's password.
fn alone(observation: &Observation, condition: &Status) -> Row {
    let check = Check::RepairWay;
    if let Status::Unknown { .. } = condition {
        let codes = [Code::ServiceAccountNeedsHolder];
        return Row::untried(check, &codes, "it shows when the agent has looked");
    }
    let rungs = ladder(observation, &Settings::default());
    let open = |rung: &Rung| {
        let mut standing = rungs.iter();
        rung.is_automatic() && standing.any(|standing| standing.rung == *rung && standing.closed.is_none())
    };
    match Rung::ALL.iter().find(|rung| open(rung)) {
        Some(rung) => Row::met(check, rung.label()),
        None => Row::failed(
            check,
            Code::ServiceAccountNeedsHolder,
            "the agent can do nothing more by itself",
        ),
    }
}
