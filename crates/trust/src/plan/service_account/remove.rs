//! The plan of removing the service account.

use super::super::chain_guard::chain_stays_whole;
use super::super::{Check, Conclusion, Plan, Row, Situation, preconditions};
use super::{ON_THE_WAY, not_observed};
use crate::action::RemoveServiceAccount;
use crate::chain;
use crate::code::Code;
use crate::guard::Change;
use crate::observation::Observation;
use crate::service_account::RECORD_NAME;

pub(in crate::plan) fn plan(remove: &RemoveServiceAccount, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let members = chain::members(observation);
    let mut rows = vec![exists(observation)];
    if rows.iter().all(|row| row.failure().is_none()) {
        let accepted = remove.confirm_device_name.is_some();
        rows.push(chain_stays_whole(
            &Change::Delete(RECORD_NAME),
            observation,
            accepted,
        ));
    }
    rows.extend(preconditions::online(situation.online));
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: Code::ServiceAccountRemoved,
            mishaps: ON_THE_WAY
                .into_iter()
                .chain([Code::ServiceAccountNotRemoved])
                .collect(),
            local_password_tries: 0,
            disk_password_tries: 0,
            shows_after_restart: false,
        },
    )
}

fn exists(observation: &Observation) -> Row {
    let check = Check::ServiceAccountExists;
    if observation.accounts.value().is_none() {
        return Row::untried(
            check,
            &[Code::ServiceAccountMissing],
            preconditions::ACCOUNTS_UNTOLD,
        );
    }
    match observation.account(RECORD_NAME) {
        Some(account) => Row::met(check, account.real_name.clone()),
        None => Row::failed(
            check,
            Code::ServiceAccountMissing,
            format!("no account {RECORD_NAME}"),
        ),
    }
}
