//! What a look at the Mac costs and sees.

use std::time::Duration;

use agent::clock::Clock;
use agent::observe::{Freshness, Observer};
use macsim::model::clock::UnixMillis;
use macsim::model::hardware::Chip as SimChip;
use macsim::model::os::OsVersion as SimVersion;
use macsim::model::volume::FileSystem;
use macsim::scenario::{Builder, Role, Situation};
use trust::chain::{self, Health};
use trust::observation::{Chip, FileVault, VolumeFormat};
use trust::os::OsVersion;
use trust::provenance::{Origin, provenance};
use trust::time::Timestamp;

use crate::macs::*;
use crate::runner::WatchedRunner;

/// Design: one observation starts at most 12 processes.
const MOST_PROCESSES: usize = 12;

#[test]
fn a_look_sees_the_mac_and_a_second_look_is_cheap_and_equal() {
    let runner = WatchedRunner::new(healthy(), UnixMillis(NOW.0));
    let observer = Observer::forgetful();
    let first = observer.look(&runner, &Still, Freshness::Usual);
    assert_eq!(first.system.value().unwrap().version, OsVersion::new(15, 2, 0));
    assert_eq!(first.hardware.value().unwrap().chip, Chip::AppleSilicon);
    assert_eq!(first.boot_volume.value().unwrap().format, VolumeFormat::Apfs);
    assert_eq!(first.filevault.value(), Some(&FileVault::On));
    let names: Vec<&str> = first
        .accounts
        .value()
        .unwrap()
        .iter()
        .map(|account| account.record_name.as_str())
        .collect();
    assert_eq!(names, ["ada", "ben"], "Apple's own accounts are left out");
    assert!(first.account("ada").unwrap().administrator && !first.account("ben").unwrap().administrator);
    assert_eq!(chain::health(&first), Health::CanGrant);

    let after_first = runner.calls().len();
    let second = observer.look(&runner, &Still, Freshness::Usual);
    let processes = runner.calls().len() - after_first;
    assert!(
        processes <= MOST_PROCESSES,
        "{processes} processes: {:#?}",
        &runner.calls()[after_first..]
    );
    assert_eq!(first.digest(), second.digest());
}

#[test]
fn the_further_names_of_an_account_are_seen() {
    let mut mac = healthy();
    let ben = mac.directory.user_mut("ben").unwrap();
    for alias in ["zoe", "ben@example.org", "zoe"] {
        ben.attributes.merge("RecordName", alias);
    }
    let runner = WatchedRunner::new(mac, UnixMillis(NOW.0));
    let seen = Observer::forgetful().look(&runner, &Still, Freshness::Usual);
    assert_eq!(seen.account("ben").unwrap().aliases, ["ben@example.org", "zoe"]);
    assert_eq!(seen.account("ada").unwrap().aliases, <[String; 0]>::default());
}

#[test]
fn another_mdm_is_noticed_without_a_restart() {
    let mut mac = healthy();
    mac.mdm.enrolled = true;
    let runner = WatchedRunner::new(mac, UnixMillis(NOW.0));
    let observer = Observer::forgetful();
    let server = |minutes: u64| {
        let now = Later(NOW.plus(Duration::from_secs(minutes * 60)));
        let seen = observer.look(&runner, &now, Freshness::Usual);
        seen.mdm.value().unwrap().server_url.clone()
    };
    let before = server(0);
    runner.change(|mac| mac.mdm.server_url = "https://acme.jamfcloud.com/mdm".to_owned());
    assert_eq!(server(1), before, "it is not asked for at every look");
    assert_eq!(server(16).as_deref(), Some("https://acme.jamfcloud.com/mdm"));
}

/// A clock that stands at a point in time.
struct Later(Timestamp);

impl Clock for Later {
    fn now(&self) -> Timestamp {
        self.0
    }

    fn wait(&self, _: Duration) {}
}

#[test]
fn volumes_without_tokens_are_told_apart() {
    for (situation, format) in [
        (Situation::Hfs, VolumeFormat::Hfs),
        (Situation::CoreStorage, VolumeFormat::CoreStorage),
    ] {
        let made = situation.mac(1, UnixMillis(NOW.0));
        let runner = WatchedRunner::new(made.mac, UnixMillis(NOW.0));
        let seen = Observer::forgetful().look(&runner, &Still, Freshness::Usual);
        assert_eq!(seen.boot_volume.value().unwrap().format, format);
    }
}

#[test]
fn a_token_that_comes_is_seen_by_the_next_look() {
    let runner = WatchedRunner::new(healthy(), UnixMillis(NOW.0));
    let observer = Observer::forgetful();
    let before = observer.look(&runner, &Still, Freshness::Usual);
    let (_, mac) = grant(healthy(), &order(ADA, BEN));
    let runner = WatchedRunner::new(mac, UnixMillis(NOW.0));
    let after = observer.look(&runner, &Still, Freshness::Usual);
    assert_ne!(before.digest(), after.digest());
    assert!(chain::members(&after).iter().all(|member| member.token.holds()));
}

#[test]
fn a_mac_whose_tools_are_gone_is_unknown_and_not_empty() {
    struct NoTools;
    impl mac::Runner for NoTools {
        fn run(&self, call: &mac::Call) -> Result<mac::Answer, mac::RunError> {
            Err(mac::RunError::NotFound {
                path: call.tool.path().into(),
            })
        }
    }
    let seen = Observer::forgetful().look(&NoTools, &Still, Freshness::Now);
    assert_eq!(seen.accounts.value(), None);
    assert_eq!(chain::health(&seen), Health::Unknown);
}

/// Where the token of `name` came from, as the domain tells it from what the agent saw.
fn origin(mac: macsim::model::mac::Mac, name: &str) -> Option<Origin> {
    let runner = WatchedRunner::new(mac, UnixMillis(NOW.0));
    let seen = Observer::forgetful().look(&runner, &Still, Freshness::Now);
    provenance(seen.account(name).unwrap(), &seen, &[]).map(|found| found.origin)
}

#[test]
fn the_first_token_is_told_apart_by_who_was_first() {
    let past = UnixMillis(NOW.0 - 3_600_000);
    let assistant = Situation::SetupAssistantOnly.mac(1, past);
    assert_eq!(origin(assistant.mac, "ada"), Some(Origin::SetupAssistant));

    let second = Situation::AdeAdminSecond.mac(1, past).mac;
    assert_eq!(origin(second.clone(), "ladmin"), None);
    assert_eq!(origin(second, "ben"), Some(Origin::SetupAssistant));

    let mut first = Builder::new(
        SimVersion::new(15, 2),
        SimChip::AppleSilicon,
        FileSystem::Apfs,
        1,
        past,
    );
    first.enroll(true, false);
    first.hash_made_account("ladmin", "Local Administrator", Role::Admin);
    first.login("ladmin");
    assert_eq!(
        origin(first.finish().mac, "ladmin"),
        Some(Origin::AutomatedAdminFirstLogin)
    );
}
