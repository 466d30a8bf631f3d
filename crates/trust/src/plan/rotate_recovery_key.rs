//! The plan of having macOS make another recovery key.

use super::service_account::{ON_THE_WAY, not_observed, valid};
use super::{Check, Conclusion, Plan, Row, Situation, preconditions};
use crate::action::RotateRecoveryKey;
use crate::chain;
use crate::code::Code;
use crate::observation::Observation;

pub(super) fn plan(rotate: &RotateRecoveryKey, situation: &Situation<'_>) -> Plan {
    let Some(observation) = situation.observation else {
        return not_observed();
    };
    let knowledge = situation.knowledge;
    let members = chain::members(observation);
    let mut rows = preconditions::device(observation);
    rows.push(filevault(observation));
    if rows.iter().all(|row| row.failure().is_none()) {
        match &rotate.administrator {
            Some(holder) => {
                let name = holder.as_str();
                rows.extend(preconditions::holder(name, observation, &members));
                rows.push(preconditions::full_disk_access(knowledge, observation));
                rows.extend(preconditions::administrator_not_locked(name, knowledge, &members));
                rows.extend(preconditions::administrator_password(knowledge));
            }
            None => {
                rows.push(valid(observation));
                rows.push(preconditions::full_disk_access(knowledge, observation));
            }
        }
    }
    rows.extend(preconditions::online(situation.online));
    let own = [
        Code::RecoveryKeyNotRotated,
        Code::RecoveryKeyUnproved,
        Code::RecoveryKeyUnknown,
        Code::VaultNotReached,
        match rotate.administrator {
            Some(_) => Code::CredentialStale,
            None => Code::ServiceAccountUnproved,
        },
    ];
    Plan::conclude(
        rows,
        &members,
        Conclusion {
            success: Code::RecoveryKeyRotated,
            mishaps: ON_THE_WAY.into_iter().chain(own).collect(),
            local_password_tries: 1,
            // The tool that makes the key asks the disk too.
            disk_password_tries: 2,
            shows_after_restart: false,
        },
    )
}

/// Without FileVault there is no key, and while it is on its way to off none can be made.
fn filevault(observation: &Observation) -> Row {
    let check = Check::FileVaultOn;
    match observation.filevault.value() {
        Some(filevault) if filevault.locks_the_disk() => Row::met(check, filevault.label()),
        Some(filevault) => Row::failed(check, Code::FileVaultOff, filevault.label()),
        None => Row::untried(
            check,
            &[Code::FileVaultOff],
            "the Mac did not tell whether it is on",
        ),
    }
}
