//! What is seen of the Mac's security is so, on every chip; and seeing it costs little.

use std::time::Duration;

use agent::clock::Clock;
use agent::observe::{Freshness, Observer};
use macsim::model::clock::UnixMillis;
use macsim::model::crypto_user::{CryptoUserKind, PERSONAL_RECOVERY};
use macsim::model::hardware::Chip as SimChip;
use macsim::model::mac::Mac;
use macsim::model::os::OsVersion as SimVersion;
use macsim::model::start_up::{Integrity, StartUpSecurity};
use macsim::model::volume::FileSystem;
use macsim::scenario::{Builder, Role};
use trust::fact::Fact;
use trust::observation::{BootstrapTokenAllowance, Chip, Observation, SecureBoot, Security, SystemIntegrity};
use trust::time::Timestamp;

use crate::macs::*;
use crate::runner::WatchedRunner;

const HOUR: i64 = 60 * 60 * 1000;

/// Design: one observation starts at most 12 processes.
const MOST_PROCESSES: usize = 12;

/// A clock that stands where it is put.
struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }

    fn wait(&self, _: Duration) {}
}

/// A managed Mac of this kind with FileVault on.
fn managed(os: &str, chip: SimChip) -> Builder {
    let os: SimVersion = os.parse().unwrap();
    let mut builder = Builder::new(os, chip, FileSystem::Apfs, 1, UnixMillis(NOW.0 - HOUR));
    builder
        .account("ada", "Ada", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben", Role::Standard, None)
        .enroll(false, true)
        .filevault("ada")
        .login("ada");
    builder
}

fn seen(mac: Mac) -> Observation {
    let runner = WatchedRunner::new(mac, UnixMillis(NOW.0));
    Observer::forgetful().look(&runner, &Still, Freshness::Usual)
}

/// Compares what the agent saw with what is so. What a chip or version does not tell is unknown, never a guess.
pub fn is_seen_as_it_is(seed: u64, seen: &Observation, truth: &Mac) {
    let security = &seen.security;
    let context = || {
        format!(
            "seed {seed}: {security:#?}\n{:#?} {:#?}",
            truth.os, truth.hardware
        )
    };
    let chip = truth.hardware.chip;
    assert_eq!(
        seen.hardware.value().unwrap().chip,
        match chip {
            SimChip::AppleSilicon => Chip::AppleSilicon,
            SimChip::T2 => Chip::T2,
            SimChip::Intel => Chip::Intel,
        },
        "{}",
        context()
    );
    let integrity = match &truth.start_up.integrity {
        Integrity::On => SystemIntegrity::Enabled,
        Integrity::Off => SystemIntegrity::Disabled,
        Integrity::Without(off) => SystemIntegrity::Custom {
            off: off.iter().cloned().collect(),
        },
    };
    assert_eq!(
        security.system_integrity.value(),
        Some(&integrity),
        "{}",
        context()
    );
    let secure_boot = match (chip, truth.start_up.security) {
        (SimChip::Intel, _) => SecureBoot::NotSupported,
        (_, StartUpSecurity::Full) => SecureBoot::Full,
        (_, StartUpSecurity::Reduced) => SecureBoot::Medium,
        (_, StartUpSecurity::None) => SecureBoot::Off,
    };
    assert_eq!(security.secure_boot.value(), Some(&secure_boot), "{}", context());
    let can_lock = chip == SimChip::AppleSilicon && truth.os >= SimVersion::new(11, 5);
    let lock = (truth.mdm.enrolled && can_lock).then_some(truth.mdm.recovery_lock);
    assert_eq!(security.recovery_lock.value().copied(), lock, "{}", context());
    let tells_use = truth.mdm.enrolled && truth.os.major >= 11;
    assert_eq!(
        security.bootstrap_token_allowed.value().is_some(),
        tells_use,
        "{}",
        context()
    );
    let has_key = truth.filevault.is_on() && truth.volume.crypto_user(PERSONAL_RECOVERY).is_some();
    let says_key = has_key && !truth.knobs.denies_recovery_keys;
    assert_eq!(
        security.personal_recovery_key.value(),
        Some(&says_key),
        "{}",
        context()
    );
}

#[test]
fn each_chip_tells_it_in_its_own_way() {
    for (os, chip) in [
        ("10.13.6", SimChip::Intel),
        ("10.14.6", SimChip::T2),
        ("10.15.7", SimChip::T2),
        ("11.4", SimChip::AppleSilicon),
        ("11.7.10", SimChip::Intel),
        ("14.6.1", SimChip::T2),
        ("15.2", SimChip::AppleSilicon),
        ("26.6", SimChip::AppleSilicon),
    ] {
        for security in [
            StartUpSecurity::Full,
            StartUpSecurity::Reduced,
            StartUpSecurity::None,
        ] {
            let mut builder = managed(os, chip);
            builder.mac().start_up.security = security;
            let mac = builder.finish().mac;
            is_seen_as_it_is(0, &seen(mac.clone()), &mac);
        }
    }
}

#[test]
fn who_may_use_the_bootstrap_token_is_told_on_apple_silicon() {
    let mut builder = managed("15.2", SimChip::AppleSilicon);
    builder.mac().mdm.recovery_lock = true;
    let security = seen(builder.mac().clone()).security;
    assert_eq!(security.recovery_lock.value(), Some(&true));
    assert_eq!(
        security.bootstrap_token_allowed.value(),
        Some(&BootstrapTokenAllowance::Disallowed)
    );
    assert_eq!(
        security.bootstrap_token_required_for_software_updates.value(),
        Some(&true)
    );
    assert_eq!(
        security.bootstrap_token_required_for_kernel_extensions.value(),
        Some(&true)
    );
    builder.mac().start_up.mdm_control_by_user = true;
    let security = seen(builder.finish().mac).security;
    assert_eq!(
        security.bootstrap_token_allowed.value(),
        Some(&BootstrapTokenAllowance::Allowed)
    );
}

#[test]
fn without_an_mdm_its_client_is_not_asked() {
    let runner = WatchedRunner::new(healthy(), UnixMillis(NOW.0));
    let seen = Observer::forgetful().look(&runner, &Still, Freshness::Usual);
    let Fact::Unknown { why, .. } = &seen.security.recovery_lock else {
        panic!("{:?}", seen.security)
    };
    assert!(why.contains("MDM"), "{why}");
    assert!(
        runner
            .calls()
            .iter()
            .all(|call| !call.contains("QuerySecurityInfo"))
    );
}

#[test]
fn the_keys_that_fdesetup_knows_are_told() {
    let mut builder = managed("10.14.6", SimChip::Intel);
    let without = seen(builder.mac().clone()).security;
    assert_eq!(without.institutional_recovery_key.value(), Some(&false));
    builder.institutional_key("ada", "the private half");
    let with = seen(builder.finish().mac).security;
    assert_eq!(with.institutional_recovery_key.value(), Some(&true));
    assert_eq!(with.personal_recovery_key.value(), Some(&true));
}

#[test]
fn a_mac_whose_tools_are_gone_tells_nothing_and_says_why() {
    struct NoTools;
    impl mac::Runner for NoTools {
        fn run(&self, call: &mac::Call) -> Result<mac::Answer, mac::RunError> {
            Err(mac::RunError::NotFound {
                path: call.tool.path().into(),
            })
        }
    }
    let seen = Observer::forgetful().look(&NoTools, &Still, Freshness::Usual);
    let Security {
        system_integrity,
        secure_boot,
        personal_recovery_key,
        ..
    } = &seen.security;
    assert_eq!((system_integrity.value(), secure_boot.value()), (None, None));
    let Fact::Unknown { why, .. } = personal_recovery_key else {
        panic!("{personal_recovery_key:?}")
    };
    assert!(why.contains("no tool at"), "{why}");
}

/// The calls of a look that ask for security.
fn about_security(calls: &[String]) -> usize {
    const QUESTIONS: &[&str] = &[
        "csrutil ",
        "bputil ",
        "nvram ",
        "QuerySecurityInfo",
        "recoverykey",
    ];
    let asks = |call: &&String| QUESTIONS.iter().any(|question| call.contains(question));
    calls.iter().filter(asks).count()
}

#[test]
fn it_is_asked_once_and_then_every_hour_and_no_look_costs_too_much() {
    let runner = WatchedRunner::new(
        managed("15.2", SimChip::AppleSilicon).finish().mac,
        UnixMillis(NOW.0),
    );
    let observer = Observer::forgetful();
    let mut costs = Vec::new();
    // A look every minute, for two hours and a half.
    for minute in 0..150 {
        let before = runner.calls().len();
        let now = At(Timestamp(NOW.0 + minute * HOUR / 60));
        observer.look(&runner, &now, Freshness::Usual);
        let calls = runner.calls()[before..].to_vec();
        costs.push(about_security(&calls));
        assert!(
            minute == 0 || calls.len() <= MOST_PROCESSES,
            "minute {minute}: {calls:#?}"
        );
    }
    assert_eq!(costs[0], 5, "csrutil, bputil, mdmclient, and fdesetup twice");
    let again: usize = costs[1..].iter().sum();
    assert_eq!(
        again,
        2 * (1 + 2),
        "the MDM's client and fdesetup, once an hour: {costs:?}"
    );
    assert_eq!(
        costs[1..].iter().filter(|cost| **cost > 0).count(),
        4,
        "never both at once"
    );
}

#[test]
fn a_key_that_comes_is_seen_by_the_next_look() {
    let mut builder = managed("10.14.6", SimChip::Intel);
    let observer = Observer::forgetful();
    let look = |mac: &Mac| {
        let runner = WatchedRunner::new(mac.clone(), UnixMillis(NOW.0));
        observer.look(&runner, &Still, Freshness::Usual).security
    };
    assert_eq!(
        look(builder.mac()).institutional_recovery_key.value(),
        Some(&false)
    );
    builder.institutional_key("ada", "the private half");
    assert_eq!(
        look(builder.mac()).institutional_recovery_key.value(),
        Some(&true)
    );
    let mac = builder.mac();
    mac.volume
        .crypto_users
        .retain(|user| user.kind != CryptoUserKind::PersonalRecovery);
    assert_eq!(look(mac).personal_recovery_key.value(), Some(&false));
}
