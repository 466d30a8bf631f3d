//! The plan of having macOS make another recovery key.

use trust::action::{Action, RotateRecoveryKey};
use trust::code::Code;
use trust::observation::{FileVault, Observation};
use trust::plan::{Knowledge, Plan, Situation};

use crate::support::{account, enabled, known, mac, unknown};

fn plan(observation: &Observation, holder: Option<&str>, knowledge: Knowledge) -> Plan {
    let action = Action::RotateRecoveryKey(RotateRecoveryKey {
        administrator: holder.map(|name| name.parse().unwrap()),
    });
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_action(&action, &situation)
}

fn seen(filevault: FileVault) -> Observation {
    Observation {
        filevault: known(filevault),
        ..mac(vec![
            enabled("ada", true),
            enabled("stan", false),
            account("ben", false),
        ])
    }
}

#[test]
fn any_holder_will_do() {
    for holder in ["ada", "stan"] {
        let planned = plan(&seen(FileVault::On), Some(holder), Knowledge::NONE);
        assert_eq!(planned.refusal(), None, "{holder}");
        assert!(planned.outcomes.contains(&Code::RecoveryKeyRotated));
        assert!(planned.mishaps.contains(&Code::RecoveryKeyUnknown));
    }
    let refusal = |holder| plan(&seen(FileVault::On), Some(holder), Knowledge::NONE).refusal();
    assert_eq!(refusal("ben"), Some(Code::AdministratorHasNoToken));
    assert_eq!(refusal("nobody"), Some(Code::AdministratorUnknown));
    let wrong = Knowledge {
        administrator_local: Some(false),
        ..Knowledge::NONE
    };
    let planned = plan(&seen(FileVault::On), Some("ada"), wrong);
    assert_eq!(planned.refusal(), Some(Code::AdministratorWrongPassword));
}

#[test]
fn without_a_named_account_it_takes_the_service_account() {
    let planned = plan(&seen(FileVault::On), None, Knowledge::NONE);
    assert_eq!(planned.refusal(), None, "the agent has not looked for it");
    assert!(planned.outcomes.contains(&Code::ServiceAccountUnproved));
    assert!(!planned.outcomes.contains(&Code::AdministratorWrongPassword));
}

#[test]
fn there_is_a_key_to_replace_only_while_filevault_locks_the_disk() {
    for filevault in [
        FileVault::Off,
        FileVault::Deferred,
        FileVault::Decrypting { percent: Some(3) },
    ] {
        let planned = plan(&seen(filevault), Some("ada"), Knowledge::NONE);
        assert_eq!(planned.refusal(), Some(Code::FileVaultOff), "{filevault:?}");
    }
    let encrypting = seen(FileVault::Encrypting { percent: None });
    assert_eq!(plan(&encrypting, Some("ada"), Knowledge::NONE).refusal(), None);
    let silent = Observation {
        filevault: unknown(),
        ..seen(FileVault::On)
    };
    let planned = plan(&silent, Some("ada"), Knowledge::NONE);
    assert_eq!(planned.refusal(), None);
    assert!(planned.outcomes.contains(&Code::FileVaultOff));
}
