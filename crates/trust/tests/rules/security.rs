//! What was seen of the Mac's security, also where an agent did not look.

use serde_json::{Value, json};
use trust::fact::Fact;
use trust::observation::{
    Chip, CryptoUser, CryptoUserKind, Observation, SecureBoot, Security, SystemIntegrity,
};
use trust::time::Timestamp;

use crate::support::{enabled, known, mac, unknown};

#[test]
fn an_observation_of_an_older_agent_is_still_read_and_its_security_unknown() {
    let mut told = mac(vec![enabled("ada", true)]);
    told.security.secure_boot = known(SecureBoot::Full);
    let mut told = serde_json::to_value(told).unwrap();
    told.as_object_mut().unwrap().remove("security").unwrap();
    let read: Observation = serde_json::from_value(told.clone()).unwrap();
    assert_eq!(read.security, Security::default());
    assert_eq!(
        serde_json::to_value(&read).unwrap(),
        told,
        "its digest has changed"
    );
    assert_eq!(read.security.system_integrity.value(), None);
}

#[test]
fn an_observation_of_an_agent_that_knows_half_of_it_keeps_that_half() {
    let half = json!({
        "recovery_lock": { "state": "known", "value": true, "at": 5, "by": "mdmclient QuerySecurityInfo" },
    });
    let read: Security = serde_json::from_value(half).unwrap();
    assert_eq!(read.recovery_lock.value(), Some(&true));
    assert_eq!(read.secure_boot, Security::default().secure_boot);
}

#[test]
fn what_changes_in_the_security_changes_the_digest_and_when_it_was_seen_does_not() {
    let plain = mac(vec![enabled("ada", true)]);
    let mut seen = plain.clone();
    seen.security.secure_boot = known(SecureBoot::Full);
    assert_ne!(seen.digest(), plain.digest());
    let mut later = seen.clone();
    later.security.secure_boot = Fact::known(SecureBoot::Full, Timestamp(1), "test");
    assert_eq!(seen.digest(), later.digest());
}

/// What a row says.
fn row(observation: &Observation, label: &str) -> Option<String> {
    let rows = trust::security::rows(observation);
    let row = rows.into_iter().find(|row| row.label == label).unwrap();
    row.told.value().cloned()
}

#[test]
fn every_row_of_a_mac_that_told_nothing_says_that_it_is_not_known() {
    let mut silent = mac(Vec::new());
    silent.crypto_users = unknown();
    let rows = trust::security::rows(&silent);
    assert!(
        rows.len() >= 10 && rows.iter().all(|row| row.told.value().is_none()),
        "{rows:#?}"
    );
}

#[test]
fn each_chip_has_its_own_names_for_the_levels() {
    let mut seen = mac(Vec::new());
    seen.security.secure_boot = known(SecureBoot::Medium);
    assert_eq!(row(&seen, "Secure Boot").as_deref(), Some("Reduced Security"));
    let Fact::Known { value: hardware, .. } = &mut seen.hardware else {
        panic!("{:?}", seen.hardware)
    };
    hardware.chip = Chip::T2;
    assert_eq!(row(&seen, "Secure Boot").as_deref(), Some("Medium Security"));
}

#[test]
fn fdesetup_and_the_disk_are_not_made_to_agree() {
    let mut seen = mac(vec![enabled("ada", true)]);
    let label = "Personal recovery key";
    seen.security.personal_recovery_key = known(true);
    assert_eq!(
        row(&seen, label).as_deref(),
        Some("FileVault says yes, but the disk lists none")
    );
    if let Fact::Known { value: users, .. } = &mut seen.crypto_users {
        users.push(CryptoUser {
            uuid: "EBC6C064-0000-11AA-AA11-00306543ECAC".to_owned(),
            kind: CryptoUserKind::PersonalRecovery,
            volume_owner: Some(true),
        });
    }
    assert_eq!(row(&seen, label).as_deref(), Some("yes"));
    seen.security.personal_recovery_key = known(false);
    assert_eq!(
        row(&seen, label).as_deref(),
        Some("FileVault says no, but the disk lists one")
    );
    assert_eq!(
        row(&seen, "Keys to the disk").as_deref(),
        Some("1 account, the personal recovery key")
    );
}

#[test]
fn protections_that_are_off_are_told_by_name() {
    let off = SystemIntegrity::Custom {
        off: vec!["Kext Signing".to_owned()],
    };
    let told: Value = serde_json::to_value(off).unwrap();
    assert_eq!(told, json!({ "status": "custom", "off": ["Kext Signing"] }));
}
