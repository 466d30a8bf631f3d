//! The plan of removing the service account.

use super::super::{Check, Conclusion, Plan, Row, Situation, preconditions};
use super::{ON_THE_WAY, not_observed};
use crate::action::RemoveServiceAccount;
use crate::chain::{self, Member};
use crate::code::Code;
use crate::observation::Observation;
use crate::service_account::RECORD_NAME;
use crate::token::TokenState;

pub(in crate::plan) fn plan(remove: &RemoveServiceAccount, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let members = chain::members(observation);
    let mut rows = vec![exists(observation)];
    if rows.iter().all(|row| row.failure().is_none()) {
        rows.push(chain_stays_whole(remove, &members));
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

/// Whether those who are left can do what could be done before: hold, hold with proof, and hand on. A token that is unusable
/// or unknown counts for nobody.
fn chain_stays_whole(remove: &RemoveServiceAccount, members: &[Member<'_>]) -> Row {
    let check = Check::OtherHolders;
    let own = members
        .iter()
        .find(|member| member.account.record_name == RECORD_NAME);
    // What is not known of its own token may be a token.
    let own_counts = own.is_some_and(|own| own.token.holds() || own.token == TokenState::Unknown);
    let others = || {
        members
            .iter()
            .filter(|member| member.account.record_name != RECORD_NAME)
    };
    let names = || {
        preconditions::names(members, |member| {
            member.token.holds() && member.account.record_name != RECORD_NAME
        })
    };
    let lost = if !own_counts {
        return Row::met(check, "it holds no token, so the chain does not need it");
    } else if !others().any(|other| other.token.holds()) {
        "no other account holds a Secure Token"
    } else if own.is_some_and(|own| own.token.is_proved()) && !others().any(|other| other.token.is_proved()) {
        "no other account is proved to hold one"
    } else if own.is_some_and(Member::can_grant) && !others().any(Member::can_grant) {
        "no other account that holds one is an administrator"
    } else {
        return Row::met(check, names().join(", "));
    };
    if remove.confirm_device_name.is_some() {
        Row::warning(check, format!("{lost}; accepted by typing the Mac's name"))
    } else {
        Row::failed(check, Code::LastHolder, lost)
    }
}
