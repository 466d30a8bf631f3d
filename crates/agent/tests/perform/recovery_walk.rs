//! Somebody who knows nothing but the steps goes the way of the recovery key on a simulated Mac, and the agent looks after it.

use agent::observe::{Freshness, Observer};
use macsim::model::clock::UnixMillis;
use macsim::model::hardware::Chip;
use macsim::model::mac::Mac;
use macsim::model::mdm::RECOVERY_LOCK_PASSWORD;
use macsim::model::volume::FileSystem;
use macsim::recovery::{Act, CannotDo, Hands, Knows, RecoveryOs, Screen, Walk, follow};
use macsim::rules::delete_account::delete_record_only;
use macsim::rules::refusal::Circumstances;
use macsim::scenario::{Builder, Role, ScenarioMac};
use trust::chain::{self, Health};
use trust::observation::Observation;
use trust::recovery::{Need, Recovery, Standing, Way, recovery};

use crate::macs::*;
use crate::runner::WatchedRunner;

const AT: Circumstances = Circumstances {
    now: UnixMillis(NOW.0),
};
/// What everybody chooses in macOS Recovery.
pub const NEW_PASSWORD: &str = "correct Horse 9 battery";

const MACS: &[(&str, Chip)] = &[
    ("10.13.6", Chip::Intel),
    ("10.14.6", Chip::T2),
    ("10.15.7", Chip::Intel),
    ("10.15.7", Chip::T2),
    ("11.7.10", Chip::Intel),
    ("12.7.6", Chip::T2),
    ("13.7.1", Chip::AppleSilicon),
    ("15.2", Chip::AppleSilicon),
    ("26.6", Chip::AppleSilicon),
];

/// A Mac of this kind, still empty.
pub fn builder(os: &str, chip: Chip) -> Builder {
    Builder::new(os.parse().unwrap(), chip, FileSystem::Apfs, 1, UnixMillis(NOW.0))
}

/// An encrypted Mac whose first holder was deleted behind macOS's back, with these accounts left.
fn broken(os: &str, chip: Chip, accounts: &[&str]) -> ScenarioMac {
    let mut builder = builder(os, chip);
    builder
        .account("owner", "Owner", Role::Admin, None)
        .login("owner")
        .filevault("owner");
    for (place, name) in accounts.iter().enumerate() {
        let role = if place == 0 { Role::Admin } else { Role::Standard };
        builder.account(name, name, role, None);
    }
    delete_record_only(builder.mac(), "owner").unwrap();
    builder.forget("owner");
    builder.finish()
}

/// What the agent sees of it.
pub fn look(mac: &Mac) -> Observation {
    let runner = WatchedRunner::new(mac.clone(), UnixMillis(NOW.0));
    Observer::forgetful().look(&runner, &Still, Freshness::Usual)
}

/// The steps of a way, as they are told of what the agent sees.
pub fn steps(told: &Recovery, wanted: Way) -> Vec<String> {
    let way = told.ways.iter().find(|way| way.way == wanted).unwrap();
    assert_ne!(way.standing, Standing::Closed, "{way:?}");
    way.guide.clone().unwrap().steps
}

/// Somebody at a Mac in memory.
struct Somebody<'a> {
    mac: &'a mut Mac,
    recovery: RecoveryOs,
}

impl Hands for Somebody<'_> {
    fn screen(&self) -> Screen {
        self.recovery.screen(self.mac)
    }

    fn act(&mut self, act: &Act) -> Result<(), CannotDo> {
        self.recovery.act(self.mac, act, AT)
    }
}

fn walk(mac: &mut Mac, recovery: RecoveryOs, key: &str, steps: &[String]) -> Walk {
    let knows = Knows {
        recovery_key: key.to_owned(),
        lock_password: RECOVERY_LOCK_PASSWORD.to_owned(),
        new_password: NEW_PASSWORD.to_owned(),
        ..Knows::default()
    };
    walk_with(mac, recovery, &knows, steps)
}

/// Somebody who has these things at hand goes the steps.
pub fn walk_with(mac: &mut Mac, recovery: RecoveryOs, knows: &Knows, steps: &[String]) -> Walk {
    follow(&mut Somebody { mac, recovery }, knows, steps)
}

/// A Mac that somebody has led back by its recovery key, which is told with it.
pub fn led_back(os: &str, chip: Chip, accounts: &[&str]) -> (Mac, String) {
    let mut made = broken(os, chip, accounts);
    let steps = steps(&recovery(&look(&made.mac)), Way::PersonalRecoveryKey);
    let key = made.recovery_key.clone().unwrap();
    let came = walk(&mut made.mac, RecoveryOs::at_the_mac(), &key, &steps);
    assert_eq!(came, Walk::Finished, "{os} {chip:?}: {steps:#?}");
    (made.mac, key)
}

#[test]
fn who_does_what_the_steps_say_leads_the_mac_back_on_every_chip() {
    for (os, chip) in MACS {
        for accounts in [&["ada"][..], &["ada", "ben"], &["ada", "ben", "cleo"]] {
            let context = format!("{os} {chip:?} {accounts:?}");
            let mut made = broken(os, *chip, accounts);
            let told = recovery(&look(&made.mac));
            assert_eq!(told.need, Need::ChainBroken, "{context}");
            let steps = steps(&told, Way::PersonalRecoveryKey);
            let key = made.recovery_key.clone().unwrap();
            let came = walk(&mut made.mac, RecoveryOs::at_the_mac(), &key, &steps);
            assert_eq!(came, Walk::Finished, "{context}: {steps:#?}");
            assert_eq!(made.mac.session.console_user.as_deref(), Some("ada"), "{context}");
            let after = look(&made.mac);
            assert_eq!(chain::health(&after), Health::CanGrant, "{context}");
            assert_eq!(recovery(&after).need, Need::None, "{context}");
            for name in accounts {
                assert!(truly_holds(&made.mac, name, NEW_PASSWORD), "{context}: {name}");
            }
        }
    }
}

#[test]
fn who_has_the_wrong_key_stops_where_the_text_says_so_and_has_changed_nothing() {
    for (os, chip) in MACS {
        let mut made = broken(os, *chip, &["ada", "ben"]);
        let steps = steps(&recovery(&look(&made.mac)), Way::PersonalRecoveryKey);
        let came = walk(
            &mut made.mac,
            RecoveryOs::at_the_mac(),
            "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF",
            &steps,
        );
        let stopped_at = match came {
            Walk::Stopped(step) => step,
            // Before macOS 10.15 the key is asked for later than the step that tells of it.
            Walk::Stuck(step, _) if os.starts_with("10.13") || os.starts_with("10.14") => step,
            other => panic!("{os} {chip:?}: {other}"),
        };
        assert!(stopped_at < steps.len() - 2, "{os} {chip:?}: {came}");
        assert_eq!(
            recovery(&look(&made.mac)).need,
            Need::ChainBroken,
            "{os} {chip:?}"
        );
        let ada = made.account("ada").unwrap().password.clone();
        assert!(
            made.mac.directory.user("ada").unwrap().accepts(&ada),
            "{os} {chip:?}"
        );
    }
}

#[test]
fn a_recovery_lock_is_part_of_the_steps() {
    let mut made = broken("26.6", Chip::AppleSilicon, &["ada", "ben"]);
    made.mac.mdm.enrolled = true;
    made.mac.mdm.user_approved = true;
    made.mac.mdm.recovery_lock = true;
    let steps = steps(&recovery(&look(&made.mac)), Way::PersonalRecoveryKey);
    let key = made.recovery_key.clone().unwrap();
    let came = walk(&mut made.mac, RecoveryOs::at_the_mac(), &key, &steps);
    assert_eq!(came, Walk::Finished, "{steps:#?}");
    assert_eq!(recovery(&look(&made.mac)).need, Need::None);
}

#[test]
fn nobody_goes_it_by_screen_sharing_or_on_another_chip() {
    for (os, chip) in MACS {
        let mut made = broken(os, *chip, &["ada"]);
        let steps = steps(&recovery(&look(&made.mac)), Way::PersonalRecoveryKey);
        let key = made.recovery_key.clone().unwrap();
        let before = made.mac.clone();
        let came = walk(&mut made.mac, RecoveryOs::by_screen_sharing(), &key, &steps);
        assert!(matches!(came, Walk::Stuck(..)), "{os} {chip:?}: {came}");
        assert_eq!(made.mac, before, "{os} {chip:?}");
        made.mac.hardware.chip = match chip {
            Chip::AppleSilicon => Chip::T2,
            Chip::T2 | Chip::Intel => Chip::AppleSilicon,
        };
        let came = walk(&mut made.mac, RecoveryOs::at_the_mac(), &key, &steps);
        assert!(matches!(came, Walk::Stuck(..)), "{os} {chip:?}: {came}");
        assert!(made.mac.holders().next().is_none(), "{os} {chip:?}");
    }
}

#[test]
fn a_step_that_is_left_out_or_turned_around_leads_nowhere() {
    let made = broken("15.2", Chip::AppleSilicon, &["ada", "ben"]);
    let whole = steps(&recovery(&look(&made.mac)), Way::PersonalRecoveryKey);
    let key = made.recovery_key.clone().unwrap();
    // The first step only warns.
    for left_out in 1..whole.len() - 1 {
        let mut shorter = whole.clone();
        shorter.remove(left_out);
        let mut mac = made.mac.clone();
        let came = walk(&mut mac, RecoveryOs::at_the_mac(), &key, &shorter);
        let led_back = recovery(&look(&mac)).need == Need::None;
        // Shutting down is all that another way does as well: holding the power button cuts the Mac off first.
        assert!(
            !led_back || came != Walk::Finished,
            "without step {}: {came}",
            left_out + 1
        );
    }
}

#[test]
fn the_steps_without_a_key_can_be_gone_where_filevault_is_off() {
    for (os, chip) in MACS {
        let mut builder = builder(os, *chip);
        builder
            .account("owner", "Owner", Role::Admin, None)
            .login("owner")
            .account("ada", "Ada", Role::Admin, None)
            .account("ben", "Ben", Role::Standard, None);
        delete_record_only(builder.mac(), "owner").unwrap();
        builder.forget("owner");
        let mut mac = builder.finish().mac;
        let told = recovery(&look(&mac));
        assert_eq!(told.need, Need::ChainBroken, "{os} {chip:?}");
        let steps = steps(&told, Way::PasswordReset);
        let came = walk(&mut mac, RecoveryOs::at_the_mac(), "", &steps);
        assert_eq!(came, Walk::Finished, "{os} {chip:?}: {steps:#?}");
        assert!(mac.directory.user("ada").unwrap().accepts(NEW_PASSWORD));
    }
}
