//! What an account can do follows from its token, its chip and its rights.

use crate::support::{account, enabled, known, mac};
use trust::capability::{Able, Capability, abilities, somebody_authorises_updates};
use trust::observation::*;
use trust::os::OsVersion;
use trust::preboot::predicted_list;

fn able(account: &Account, observation: &Observation) -> [Able; 3] {
    abilities(account, observation).map(|ability| ability.able)
}

fn intel(mut observation: Observation) -> Observation {
    let hardware = observation.hardware.value().unwrap().clone();
    observation.hardware = known(Hardware {
        chip: Chip::Intel,
        ..hardware
    });
    observation
}

#[test]
fn the_truth_table_on_apple_silicon_and_intel() {
    use Able::{No, Yes};
    let accounts = [
        (enabled("holder", true), [Yes, Yes, Yes], [Yes, Yes, Yes]),
        (enabled("standard", false), [Yes, No, Yes], [Yes, No, No]),
        (account("admin", true), [No, No, No], [No, Yes, Yes]),
        (account("nobody", false), [No, No, No], [No, No, No]),
    ];
    let silicon = mac(accounts.iter().map(|(account, ..)| account.clone()).collect());
    let intel = intel(silicon.clone());
    for (account, on_silicon, on_intel) in &accounts {
        assert_eq!(
            able(account, &silicon),
            *on_silicon,
            "{} on Apple silicon",
            account.record_name
        );
        assert_eq!(
            able(account, &intel),
            *on_intel,
            "{} on Intel",
            account.record_name
        );
    }
    assert_eq!(somebody_authorises_updates(&silicon), Yes);
    let without = mac(vec![account("admin", true)]);
    assert_eq!(somebody_authorises_updates(&without), No);
}

#[test]
fn every_answer_says_why() {
    for ability in abilities(&account("ada", true), &mac(vec![account("ada", true)])) {
        assert!(!ability.because.is_empty(), "{ability:?}");
    }
}

#[test]
fn before_secure_token_filevault_keeps_its_own_list() {
    let ada = account("ada", true);
    let mut sierra = mac(vec![ada.clone()]);
    sierra.system = known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G29".to_owned(),
    });
    let unlock = |observation: &Observation| abilities(&ada, observation)[0].clone();
    assert_eq!(unlock(&sierra).capability, Capability::UnlockFilevault);
    assert_eq!(unlock(&sierra).able, Able::No);
    sierra.filevault_users = known(vec![ada.guid.clone()]);
    assert_eq!(unlock(&sierra).able, Able::Yes);
}

#[test]
fn the_start_up_screen_offers_who_has_a_key_hidden_or_not() {
    let hidden = Account {
        hidden: true,
        ..enabled("_bestow", true)
    };
    let mut observation = mac(vec![hidden, enabled("ada", true), account("ben", false)]);
    let names = |observation: &Observation| -> Option<Vec<String>> {
        Some(
            predicted_list(observation)?
                .iter()
                .map(|account| account.record_name.clone())
                .collect(),
        )
    };
    assert_eq!(
        names(&observation),
        Some(vec!["_bestow".to_owned(), "ada".to_owned()])
    );
    observation.filevault = known(FileVault::Off);
    assert_eq!(names(&observation), Some(Vec::new()));
    observation.filevault = crate::support::unknown();
    assert_eq!(names(&observation), None);
}
