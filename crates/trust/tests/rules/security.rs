//! What was seen of the Mac's security, also where an agent did not look.

use serde_json::{Value, json};
use trust::fact::Fact;
use trust::observation::{Observation, SecureBoot, Security, SystemIntegrity};
use trust::time::Timestamp;

use crate::support::{enabled, known, mac};

#[test]
fn an_observation_of_an_older_agent_is_still_read_and_its_security_unknown() {
    let mut told = serde_json::to_value(mac(vec![enabled("ada", true)])).unwrap();
    told.as_object_mut().unwrap().remove("security").unwrap();
    let read: Observation = serde_json::from_value(told).unwrap();
    assert_eq!(read.security, Security::default());
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

#[test]
fn protections_that_are_off_are_told_by_name() {
    let off = SystemIntegrity::Custom {
        off: vec!["Kext Signing".to_owned()],
    };
    let told: Value = serde_json::to_value(off).unwrap();
    assert_eq!(told, json!({ "status": "custom", "off": ["Kext Signing"] }));
}
