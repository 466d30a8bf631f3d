//! The plan of making the service account.

use super::super::{Check, Conclusion, Plan, Row, Situation, preconditions};
use super::{ON_THE_WAY, hand_over, helper, not_observed, password_policy};
use crate::action::CreateServiceAccount;
use crate::chain;
use crate::code::Code;
use crate::observation::Observation;
use crate::service_account::RECORD_NAME;

pub(in crate::plan) fn plan(create: &CreateServiceAccount, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let members = chain::members(observation);
    let mut rows = preconditions::device(observation);
    rows.push(is_free(observation));
    if rows.iter().all(|row| row.failure().is_none()) {
        rows.push(password_policy(situation.knowledge, observation));
        let grant = hand_over(&create.administrator, create.promote_administrator);
        rows.extend(
            grant
                .iter()
                .flat_map(|grant| helper(grant, situation, observation, &members)),
        );
    }
    rows.extend(preconditions::online(situation.online));
    let own = [Code::ServiceAccountNotCreated, Code::CredentialStale];
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: Code::ServiceAccountCreated,
            mishaps: ON_THE_WAY.into_iter().chain(own).collect(),
            local_password_tries: 1,
            disk_password_tries: 2,
            shows_after_restart: false,
        },
    )
}

fn is_free(observation: &Observation) -> Row {
    let check = Check::ServiceAccountFree;
    if observation.accounts.value().is_none() {
        return Row::untried(
            check,
            &[Code::ServiceAccountExists],
            preconditions::ACCOUNTS_UNTOLD,
        );
    }
    match observation.account(RECORD_NAME) {
        Some(_) => Row::failed(check, Code::ServiceAccountExists, format!("{RECORD_NAME} exists")),
        None => Row::met(check, format!("no account {RECORD_NAME}")),
    }
}
