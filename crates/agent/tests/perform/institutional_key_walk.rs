//! The way of the institutional key, gone by somebody who knows nothing but the steps and has brought the drive with the key: where the
//! Mac's recoveryOS takes it, by another Mac where it does not, and nowhere on Apple silicon.

use macsim::model::hardware::Chip;
use macsim::recovery::{Drive, Knows, RecoveryOs, Walk};
use macsim::rules::delete_account::delete_record_only;
use macsim::rules::recovery_key;
use macsim::scenario::{Role, ScenarioMac};
use trust::chain::{self, Health};
use trust::recovery::{Need, Standing, Way, recovery};

use crate::macs::*;
use crate::recovery_walk::{NEW_PASSWORD, builder, look, steps, walk_with};

const PRIVATE_HALF: &str = "the private half of the organisation's key";

/// Macs whose own recoveryOS takes the key, and those that another Mac has to open.
const IN_RECOVERY: &[(&str, Chip)] = &[("10.13.6", Chip::Intel), ("10.14.6", Chip::T2)];
const BY_ANOTHER_MAC: &[(&str, Chip)] = &[
    ("10.15.7", Chip::Intel),
    ("10.15.7", Chip::T2),
    ("12.7.6", Chip::T2),
];

/// An encrypted Mac on which nobody holds a token, and which nothing opens but the institutional key.
fn broken(os: &str, chip: Chip) -> ScenarioMac {
    let mut builder = builder(os, chip);
    builder
        .account("owner", "Owner", Role::Admin, None)
        .login("owner")
        .filevault("owner")
        .account("ada", "ada", Role::Admin, None)
        .account("ben", "ben", Role::Standard, None)
        .institutional_key("owner", PRIVATE_HALF);
    recovery_key::remove(builder.mac()).unwrap();
    delete_record_only(builder.mac(), "owner").unwrap();
    builder.forget("owner");
    builder.finish()
}

fn drive() -> Drive {
    Drive {
        name: "RESCUE".to_owned(),
        keychain_password: "opens the keychain 3".to_owned(),
        private_half: PRIVATE_HALF.to_owned(),
    }
}

/// Goes these steps with a drive, and believes `told` to open its keychain.
fn gone(made: &mut ScenarioMac, drive: Drive, told: &str, steps: &[String]) -> Walk {
    let knows = Knows {
        new_password: NEW_PASSWORD.to_owned(),
        drive: Some(Drive {
            keychain_password: told.to_owned(),
            ..drive.clone()
        }),
        ..Knows::default()
    };
    let at = RecoveryOs::at_the_mac().with_drive(drive);
    walk_with(&mut made.mac, at, &knows, steps)
}

fn steps_for(made: &ScenarioMac) -> Vec<String> {
    steps(&recovery(&look(&made.mac)), Way::InstitutionalRecoveryKey)
}

#[test]
fn where_recovery_takes_the_key_the_steps_lead_the_mac_back() {
    for (os, chip) in IN_RECOVERY {
        let mut made = broken(os, *chip);
        let (steps, drive) = (steps_for(&made), drive());
        let password = drive.keychain_password.clone();
        let came = gone(&mut made, drive, &password, &steps);
        assert_eq!(came, Walk::Finished, "{os} {chip:?}: {steps:#?}");
        let after = look(&made.mac);
        assert_eq!(chain::health(&after), Health::CanGrant, "{os} {chip:?}");
        assert_eq!(recovery(&after).need, Need::None, "{os} {chip:?}");
        for name in ["ada", "ben"] {
            assert!(
                truly_holds(&made.mac, name, NEW_PASSWORD),
                "{os} {chip:?}: {name}"
            );
        }
    }
}

#[test]
fn where_it_does_not_another_mac_turns_filevault_off_and_new_passwords_can_be_set() {
    for (os, chip) in BY_ANOTHER_MAC {
        let mut made = broken(os, *chip);
        let (by_key, drive) = (steps_for(&made), drive());
        let password = drive.keychain_password.clone();
        let came = gone(&mut made, drive, &password, &by_key);
        assert_eq!(came, Walk::Finished, "{os} {chip:?}: {by_key:#?}");
        assert!(!made.mac.filevault.is_on(), "{os} {chip:?}");
        let told = recovery(&look(&made.mac));
        let reset = steps(&told, Way::PasswordReset);
        let knows = Knows {
            new_password: NEW_PASSWORD.to_owned(),
            ..Knows::default()
        };
        let came = walk_with(&mut made.mac, RecoveryOs::at_the_mac(), &knows, &reset);
        assert_eq!(came, Walk::Finished, "{os} {chip:?}: {reset:#?}");
        assert!(made.mac.directory.user("ada").unwrap().accepts(NEW_PASSWORD));
    }
}

#[test]
fn whoever_has_another_key_or_another_password_gets_no_further_and_has_changed_nothing() {
    for (os, chip) in IN_RECOVERY.iter().chain(BY_ANOTHER_MAC) {
        let another_key = Drive {
            private_half: "of another organisation".to_owned(),
            ..drive()
        };
        for (drive, told) in [(another_key, "opens the keychain 3"), (drive(), "does not")] {
            let mut made = broken(os, *chip);
            let steps = steps_for(&made);
            let came = gone(&mut made, drive, told, &steps);
            assert!(matches!(came, Walk::Stuck(..)), "{os} {chip:?}: {came}");
            assert!(made.mac.filevault.is_on(), "{os} {chip:?}");
            assert_eq!(
                recovery(&look(&made.mac)).need,
                Need::ChainBroken,
                "{os} {chip:?}"
            );
        }
    }
}

#[test]
fn apple_silicon_is_refused_the_way_and_the_steps_of_another_mac_lead_nowhere_there() {
    let mut made = broken("15.2", Chip::AppleSilicon);
    let told = recovery(&look(&made.mac));
    let way = told
        .ways
        .iter()
        .find(|way| way.way == Way::InstitutionalRecoveryKey);
    assert_eq!(way.unwrap().standing, Standing::Closed);
    for (os, chip) in [("12.7.6", Chip::T2), ("10.14.6", Chip::T2)] {
        let steps = steps_for(&broken(os, chip));
        let drive = drive();
        let password = drive.keychain_password.clone();
        let came = gone(&mut made, drive, &password, &steps);
        assert!(matches!(came, Walk::Stuck(..)), "{os}: {came}");
        assert!(made.mac.filevault.is_on());
    }
}
