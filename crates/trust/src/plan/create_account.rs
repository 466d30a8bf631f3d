//! The plan of making an account, with a token if a granter is named.

use std::collections::BTreeSet;

use super::preconditions;
use super::{Check, Conclusion, Knowledge, Plan, Row, Situation};
use crate::action::CreateAccount;
use crate::chain;
use crate::code::Code;
use crate::observation::Observation;

/// What can come in between although every precondition holds.
const MISHAPS: [Code; 9] = [
    Code::AccountNotCreated,
    Code::CreatedWithoutToken,
    Code::StateUnreadable,
    Code::ToolFailed,
    Code::CredentialStale,
    Code::OutcomeLost,
    Code::DeviceReplaced,
    Code::Expired,
    Code::Cancelled,
];

pub(super) fn plan(create: &CreateAccount, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return Plan::conclude(vec![preconditions::not_observed()], &[], Conclusion::default());
    };
    let members = chain::members(observation);
    let grant = create.grant();
    let mut rows = Vec::new();
    if grant.is_some() {
        rows.extend(preconditions::device(observation));
    }
    rows.extend(name_rows(create, observation));
    let granter = grant.as_ref().filter(|_| {
        rows.iter()
            .all(|row| row.check == Check::NameIsFree || row.failure().is_none())
    });
    if let Some(grant) = granter {
        rows.push(preconditions::granter(grant, observation, &members));
        rows.extend(preconditions::administrator(grant, observation, &members));
        rows.push(preconditions::full_disk_access(situation.knowledge, observation));
    }
    rows.push(password_policy(situation.knowledge));
    if let Some(grant) = granter {
        rows.extend(preconditions::administrator_not_locked(
            grant.administrator.as_str(),
            situation.knowledge,
            &members,
        ));
        rows.extend(preconditions::administrator_password(situation.knowledge));
    }
    rows.extend(preconditions::online(situation.online));
    let filevault = observation.filevault.value();
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: if grant.is_some() {
                Code::CreatedWithToken
            } else {
                Code::AccountCreated
            },
            mishaps: BTreeSet::from(MISHAPS),
            local_password_tries: u8::from(grant.is_some()),
            disk_password_tries: if grant.is_some() { 2 } else { 0 },
            shows_after_restart: grant.is_some() && filevault.is_some_and(|state| state.locks_the_disk()),
        },
    )
}

/// Whether the Mac's policy takes the password. It is held against the rules before a password of anybody is tried.
fn password_policy(knowledge: Knowledge) -> Row {
    let check = Check::PasswordPolicy;
    match knowledge.password_policy {
        Some(true) => Row::met(check, "the Mac's rules take the password"),
        Some(false) => Row::failed(
            check,
            Code::PasswordPolicyConflict,
            "a rule of the Mac refuses the password",
        ),
        None => Row::untried(
            check,
            &[Code::PasswordPolicyConflict],
            "held against the Mac's rules there; what these leave open, macOS says when the password is set",
        ),
    }
}

/// Neither of an account's two names may be another's.
fn name_rows(create: &CreateAccount, observation: &Observation) -> Vec<Row> {
    let Some(accounts) = observation.accounts.value() else {
        let codes = [Code::AccountExists, Code::FullNameTaken];
        return vec![Row::untried(
            Check::NameIsFree,
            &codes,
            preconditions::ACCOUNTS_UNTOLD,
        )];
    };
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    let taken = accounts
        .iter()
        .find(|account| same(&account.record_name, create.target.as_str()));
    if let Some(taken) = taken {
        let saw = format!("{} exists: {}", taken.record_name, taken.real_name);
        return vec![Row::failed(Check::NameIsFree, Code::AccountExists, saw)];
    }
    let row = match accounts
        .iter()
        .find(|account| same(&account.real_name, create.full_name.as_str()))
    {
        Some(other) => Row::failed(
            Check::FullNameIsFree,
            Code::FullNameTaken,
            format!("{} is called that", other.record_name),
        ),
        None => Row::met(Check::FullNameIsFree, "nobody is called that"),
    };
    vec![Row::met(Check::NameIsFree, "no account has it"), row]
}
