//! The ways back that are told of what the agent sees, gone on the simulated Mac: what is open leads back, what is closed
//! does not.

use agent::observe::{Freshness, Observer};
use macsim::model::clock::UnixMillis;
use macsim::model::crypto_user::PERSONAL_RECOVERY;
use macsim::model::hardware::Chip;
use macsim::model::mac::Mac;
use macsim::model::volume::FileSystem;
use macsim::rules::delete_account::delete_record_only;
use macsim::rules::grant::grant;
use macsim::rules::login::at_the_screen;
use macsim::rules::recovery_key::is_valid;
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::scenario::{Builder, Role, ScenarioMac, random_mac};
use trust::action::Action;
use trust::recovery::{Need, Recovery, Standing, Way, WayBack, recovery};

use crate::macs::*;
use crate::runner::WatchedRunner;

const AT: Circumstances = Circumstances {
    now: UnixMillis(NOW.0),
};

const CHIPS: &[(&str, Chip)] = &[
    ("10.13.6", Chip::Intel),
    ("10.14.6", Chip::T2),
    ("10.15.7", Chip::T2),
    ("11.7.10", Chip::Intel),
    ("12.7.6", Chip::T2),
    ("13.7.1", Chip::AppleSilicon),
    ("15.2", Chip::AppleSilicon),
    ("26.6", Chip::AppleSilicon),
];

fn told(mac: &Mac) -> Recovery {
    let runner = WatchedRunner::new(mac.clone(), UnixMillis(NOW.0));
    recovery(&Observer::forgetful().look(&runner, &Still, Freshness::Usual))
}

fn way(told: &Recovery, wanted: Way) -> &WayBack {
    told.ways.iter().find(|way| way.way == wanted).unwrap()
}

/// A managed Mac of this kind, encrypted, whose first holder was deleted behind macOS's back. `private_half` opens it, too,
/// where it is given.
fn broken(os: &str, chip: Chip, private_half: Option<&str>) -> ScenarioMac {
    let mut builder = Builder::new(os.parse().unwrap(), chip, FileSystem::Apfs, 1, UnixMillis(NOW.0));
    builder
        .account("owner", "Owner", Role::Admin, None)
        .login("owner")
        .enroll(false, true)
        .filevault("owner")
        .login("owner")
        .account("ada", "Ada", Role::Admin, None)
        .account("ben", "Ben", Role::Standard, None);
    if let Some(private_half) = private_half {
        builder.institutional_key("owner", private_half);
    }
    delete_record_only(builder.mac(), "owner").unwrap();
    builder.forget("owner");
    builder.finish()
}

/// Logs in at the screen. Answers whether somebody holds a token now.
fn login(made: &mut ScenarioMac, name: &str) -> bool {
    let password = made.account(name).unwrap().password.clone();
    let who = Credentials {
        name,
        password: &password,
    };
    let _ = at_the_screen(&mut made.mac, who, AT);
    made.mac.holders().next().is_some()
}

#[test]
fn a_login_with_the_bootstrap_token_leads_back_wherever_it_is_told_to_be_open() {
    for (os, chip) in CHIPS {
        let mut made = broken(os, *chip, None);
        let told = told(&made.mac);
        assert_eq!(told.need, Need::ChainBroken, "{os} {chip:?}");
        let standing = way(&told, Way::BootstrapToken).standing;
        let expected = match os.split('.').next().unwrap() {
            "10" if *os == "10.15.7" => Standing::Uncertain,
            "10" => Standing::Closed,
            _ => Standing::Open,
        };
        assert_eq!(standing, expected, "{os} {chip:?}");
        assert_eq!(
            login(&mut made, "ada"),
            standing == Standing::Open,
            "{os} {chip:?}"
        );
    }
}

#[test]
fn the_recovery_key_that_is_told_opens_the_disk_on_every_chip() {
    for (os, chip) in CHIPS {
        let mut made = broken(os, *chip, None);
        let key = made.recovery_key.clone().unwrap();
        assert_eq!(
            way(&told(&made.mac), Way::PersonalRecoveryKey).standing,
            Standing::Open,
            "{os} {chip:?}"
        );
        assert!(is_valid(&made.mac, &key));
        made.mac.knobs.denies_recovery_keys = true;
        assert_eq!(
            way(&told(&made.mac), Way::PersonalRecoveryKey).standing,
            Standing::Uncertain,
            "fdesetup denies it"
        );
        made.mac.volume.expel(PERSONAL_RECOVERY);
        assert_eq!(
            way(&told(&made.mac), Way::PersonalRecoveryKey).standing,
            Standing::Closed
        );
        assert!(!is_valid(&made.mac, &key));
    }
}

#[test]
fn the_institutional_key_is_refused_by_chip_and_guided_by_version() {
    for (os, chip) in CHIPS {
        let made = broken(os, *chip, Some("the private half"));
        let told = told(&made.mac);
        let key = way(&told, Way::InstitutionalRecoveryKey);
        let before_catalina = os.starts_with("10.13") || os.starts_with("10.14");
        let expected = match (chip, before_catalina) {
            (Chip::AppleSilicon, _) => Standing::Closed,
            (_, true) => Standing::Open,
            (_, false) => Standing::Uncertain,
        };
        assert_eq!(key.standing, expected, "{os} {chip:?}");
        let Some(guide) = &key.guide else {
            assert!(key.because.contains("cannot use"), "{key:?}");
            continue;
        };
        let by_another_mac = guide.steps.iter().any(|step| step.contains("target disk mode"));
        assert_eq!(by_another_mac, !before_catalina, "{os} {chip:?}: {guide:#?}");
        let none = broken(os, *chip, None);
        assert_eq!(
            way(&self::told(&none.mac), Way::InstitutionalRecoveryKey).standing,
            Standing::Closed,
            "{os} {chip:?}: there is none"
        );
    }
}

#[test]
fn the_hand_over_of_a_standard_holder_is_gone_as_it_is_told() {
    let mut builder = Builder::new(
        "15.2".parse().unwrap(),
        Chip::AppleSilicon,
        FileSystem::Apfs,
        1,
        UnixMillis(NOW.0),
    );
    builder
        .account("stan", "Stan", Role::Standard, None)
        .login("stan")
        .account("ada", "Ada", Role::Admin, None);
    let mut made = builder.finish();
    let told = told(&made.mac);
    assert_eq!(told.need, Need::NoGranter);
    let Some(Action::GrantSecureToken(order)) = &way(&told, Way::AnotherHolder).action else {
        panic!("{told:?}")
    };
    assert!(order.promote_administrator);
    made.mac
        .directory
        .add_member("admin", order.administrator.as_str());
    let password = |name: &str| made.account(name).unwrap().password.clone();
    let (granter, target) = (
        password(order.administrator.as_str()),
        password(order.target.as_str()),
    );
    let granter = Credentials {
        name: order.administrator.as_str(),
        password: &granter,
    };
    let target = Credentials {
        name: order.target.as_str(),
        password: &target,
    };
    grant(&mut made.mac, granter, target, AT).unwrap();
    assert_eq!(self::told(&made.mac).need, Need::None);
}

#[test]
fn the_first_token_is_told_where_nobody_has_taken_it() {
    for (os, chip) in CHIPS {
        let os = os.parse().unwrap();
        let mut builder = Builder::new(os, *chip, FileSystem::Apfs, 1, UnixMillis(NOW.0));
        builder.hash_made_account("ada", "Ada", Role::Admin);
        let mut made = builder.finish();
        assert_eq!(
            way(&told(&made.mac), Way::FirstToken).standing,
            Standing::Uncertain,
            "{os} {chip:?}"
        );
        assert!(login(&mut made, "ada"), "{os} {chip:?}");
    }
}

#[test]
fn on_random_macs_open_ways_lead_back_and_closed_ones_do_not() {
    let mut seen = (0, 0, 0);
    for seed in 0..4_000 {
        let mut made = random_mac(seed, UnixMillis(NOW.0 - 3_600_000));
        let told = told(&made.mac);
        if told.need != Need::ChainBroken {
            continue;
        }
        let context = format!("seed {seed}: {told:#?}");
        let standing = |wanted| way(&told, wanted).standing;
        if standing(Way::FirstToken) == Standing::Closed {
            assert_eq!(made.mac.volume.unclaimed_key, None, "{context}");
            seen.0 += 1;
        }
        let has_key = made.mac.filevault.is_on() && made.mac.volume.crypto_user(PERSONAL_RECOVERY).is_some();
        match standing(Way::PersonalRecoveryKey) {
            Standing::Open => assert!(has_key, "{context}"),
            Standing::Closed => assert!(!has_key, "{context}"),
            Standing::Uncertain => assert!(made.mac.knobs.denies_recovery_keys, "{context}"),
        }
        made.mac.session.network = true;
        let open = standing(Way::BootstrapToken);
        let names: Vec<String> = made.accounts.iter().map(|account| account.name.clone()).collect();
        let led_back = names.iter().any(|name| login(&mut made, name));
        match open {
            Standing::Open => {
                assert!(led_back, "{context}");
                seen.1 += 1;
            }
            Standing::Closed if standing(Way::FirstToken) == Standing::Closed => {
                assert!(!led_back, "{context}");
                seen.2 += 1;
            }
            Standing::Closed | Standing::Uncertain => {}
        }
    }
    assert!(
        seen.0 > 20 && seen.1 > 5 && seen.2 > 20,
        "the Macs are too much alike: {seen:?}"
    );
}
