//! The plan of giving the service account a new password.

use super::super::{Conclusion, Plan, Situation, preconditions};
use super::{ON_THE_WAY, not_observed, password_policy, valid};
use crate::chain;
use crate::code::Code;

pub(in crate::plan) fn plan(situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let mut rows = vec![valid(observation)];
    if rows.iter().all(|row| row.failure().is_none()) {
        rows.push(password_policy(situation.knowledge, observation));
        rows.push(preconditions::full_disk_access(situation.knowledge, observation));
    }
    rows.extend(preconditions::online(situation.online));
    let own = [Code::ServiceAccountNotRotated, Code::AttemptBudgetSpent];
    Plan::conclude(
        rows,
        &chain::members(observation),
        Conclusion {
            success: Code::ServiceAccountRotated,
            mishaps: ON_THE_WAY.into_iter().chain(own).collect(),
            local_password_tries: 2,
            disk_password_tries: 1,
            shows_after_restart: false,
        },
    )
}
