//! What comes with time, by real processes: a server's clock is put forward, and the Mac's goes on as it is.

use std::fs;
use std::time::Duration;

use macsim::front::calls::CallEvent;
use macsim::report::TrueToken;
use macsim::rules::recovery_key::is_valid;
use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::site::Site;
use crate::support::wait;

const HOUR: Duration = Duration::from_hours(1);
const THREE_WEEKS: Duration = Duration::from_hours(21 * 24);
const A_MINUTE: Duration = Duration::from_mins(1);

/// A healthy Mac with a service account, enrolled; its agent does not run yet.
pub fn served(seed: u64, log_level: &'static str) -> Site {
    let site = Site::not_enrolled(Situation::Healthy, seed, log_level);
    let secret = site.run(&["enrolment-secret"]).with_exit(0).out;
    let file = site.folder().join("secret");
    fs::write(&file, secret).unwrap();
    let mut enroll = site.mac.agent_command();
    enroll.args(["enroll", "--server", &site.proxy.url(), "--name", &site.mac.name]);
    enroll.arg("--secret-file").arg(&file);
    enroll.args(["--administrator", "ada", "--password-stdin"]);
    Said::by(&mut enroll, site.mac.password("ada")).with_exit(0);
    assert_eq!(site.mac.account("_bestow").token, TrueToken::Usable);
    site
}

/// A Mac like that, whose first recovery key the vault holds and knows to open the disk.
fn held(seed: u64) -> Site {
    let mut site = served(seed, "info");
    site.mac.start_agent();
    site.wait_until_observed();
    site.run(&["recovery-key", "rotate", &site.mac.name]).with_exit(0);
    is_proved(&site, 1);
    site
}

/// What the vault says of the Mac's key.
pub fn shown(site: &Site) -> Value {
    site.run(&["recovery-key", "show", &site.mac.name, "--json"])
        .with_exit(0)
        .json()
}

/// Waits until the vault holds this version, and knows that it opens the disk. Answers when it was proved.
#[track_caller]
pub fn is_proved(site: &Site, version: u64) -> i64 {
    wait::until("a key that was proved", || {
        let shown = shown(site);
        let is_it = shown["state"] == "held" && shown["version"] == version;
        shown["proved_at"].as_i64().filter(|_| is_it)
    })
}

/// A version, which somebody is shown.
pub fn revealed(site: &Site, version: &str) -> String {
    let reveal = [
        "recovery-key",
        "reveal",
        &site.mac.name,
        "--version",
        version,
        "--reason",
        "the test looks whether it opens the disk",
        "--json",
    ];
    let revealed = site.run(&reveal).with_exit(0).json();
    revealed["secret"].as_str().unwrap().to_owned()
}

pub fn opens(site: &Site, key: &str) -> bool {
    is_valid(&site.mac.home.load().unwrap(), key)
}

/// When the agent was last heard of, by the server's clock.
fn last_seen(site: &Site) -> i64 {
    let devices = site.run(&["devices", "--json"]).with_exit(0).json();
    devices["items"][0]["last_seen_at"].as_i64().unwrap()
}

/// Time passes for the server, and the agent looks in at once instead of within a minute.
pub fn pass(site: &mut Site, time: Duration) {
    site.mac.stop_agent();
    let later = last_seen(site) + i64::try_from(time.as_millis()).unwrap();
    site.server.put_forward(time);
    site.mac.start_agent();
    wait::until("the agent to look in", || {
        (last_seen(site) >= later).then_some(())
    });
}

/// How often the Mac was asked whether a key opens its disk.
fn times_tried(site: &Site) -> usize {
    let events = site.mac.home.calls().unwrap();
    let tried = events.iter().filter(|event| match event {
        CallEvent::Started { argv, .. } => argv.iter().any(|arg| arg == "validaterecovery"),
        _ => false,
    });
    tried.count()
}

#[test]
fn an_hour_after_somebody_was_shown_a_key_it_opens_nothing_any_more() {
    let mut site = held(951);
    let first = revealed(&site, "1");
    pass(&mut site, HOUR - A_MINUTE);
    assert!(opens(&site, &first), "whoever was shown it has an hour");
    // A second look does not put it off.
    assert_eq!(revealed(&site, "1"), first);
    pass(&mut site, A_MINUTE * 2);
    is_proved(&site, 2);
    assert!(!opens(&site, &first));
    let second = revealed(&site, "2");
    assert!(opens(&site, &second));
    assert_eq!(site.mac.truth().effects.recovery_keys_made, 2);
}

#[test]
fn three_weeks_later_a_kept_key_is_tried_again() {
    let mut site = held(952);
    let (proved, tried) = (is_proved(&site, 1), times_tried(&site));
    pass(&mut site, THREE_WEEKS + A_MINUTE);
    wait::until("the key to be proved again", || {
        (is_proved(&site, 1) > proved).then_some(())
    });
    assert_eq!(times_tried(&site), tried + 1);
}

#[test]
fn a_kept_key_that_somebody_has_replaced_is_found_out_within_three_weeks() {
    let mut site = held(953);
    let mut change = command(&site.mac.home.root().join("usr/bin/fdesetup"));
    change.env("MACSIM_TERMINAL", "never");
    change.args(["changerecovery", "-personal"]);
    Said::by(&mut change, &format!("ada\n{}\n", site.mac.password("ada"))).with_exit(0);
    pass(&mut site, THREE_WEEKS + A_MINUTE);
    wait::until("the loss to be known", || {
        (shown(&site)["state"] == "key_unknown").then_some(())
    });
    wait::until("the loss to be a finding", || {
        let findings = site.run(&["findings", &site.mac.name, "--json"]).with_exit(0);
        findings.out.contains("recovery_key_unknown").then_some(())
    });
}
