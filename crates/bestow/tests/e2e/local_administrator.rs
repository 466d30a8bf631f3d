//! The local administrator (LAPS), by real processes: wanted by the command line, made on the Mac, shown, and replaced.

use std::time::Duration;

use macsim::report::TrueToken;
use serde_json::Value;

use crate::support::search::{both_processes, everything_written, said, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;
use crate::time_passes::{pass, served};

const NAME: &str = "localadmin";

/// What the vault says of the password.
fn kept(site: &Site) -> Value {
    let show = ["local-administrator", "show", &site.mac.name, "--json"];
    site.run(&show).with_exit(0).json()["password"].clone()
}

/// Waits until the vault holds this version and knows that the Mac takes it.
fn is_proved(site: &Site, version: u64) {
    wait::until("a password that was proved", || {
        let kept = kept(site);
        let is_it = kept["state"] == "held" && kept["version"] == version;
        (is_it && kept["proved_at"].is_i64()).then_some(())
    });
}

/// A version, which somebody is shown.
fn revealed(site: &Site, version: &str) -> String {
    let reveal = [
        "local-administrator",
        "reveal",
        &site.mac.name,
        "--version",
        version,
        "--reason",
        "the test looks whether the Mac takes it",
        "--json",
    ];
    let shown = site.run(&reveal).with_exit(0).json();
    shown["secret"].as_str().unwrap().to_owned()
}

/// Whether the Mac's login window would take this password.
fn takes(site: &Site, password: &str) -> bool {
    let mac = site.mac.home.load().unwrap();
    mac.directory.user(NAME).unwrap().accepts(password)
}

/// A Mac on which the account was made, with the first password in the vault.
fn made(seed: u64, log_level: &'static str) -> Site {
    let mut site = served(seed, log_level);
    let policy = [
        "local-administrator",
        "policy",
        "--account",
        NAME,
        "--length",
        "24",
    ];
    site.run(&policy).with_exit(0).says(&[NAME, "24"]);
    site.mac.start_agent();
    site.wait_until_observed();
    is_proved(&site, 1);
    site
}

#[test]
fn an_hour_after_a_look_the_account_has_another_password_and_one_more_when_somebody_asks() {
    let mut site = made(961, "debug");
    let account = site.mac.account(NAME);
    assert!(account.admin);
    assert_eq!(account.token, TrueToken::Usable);
    let first = revealed(&site, "1");
    assert_eq!(first.len(), 24);
    assert!(takes(&site, &first), "what the vault shows is not the Mac's");

    pass(&mut site, Duration::from_mins(59));
    assert!(takes(&site, &first), "whoever was shown it has an hour");
    pass(&mut site, Duration::from_mins(2));
    is_proved(&site, 2);
    assert!(!takes(&site, &first));
    let second = revealed(&site, "2");
    assert!(takes(&site, &second));

    let replace = [
        "local-administrator",
        "replace",
        &site.mac.name,
        "--reason",
        "it was on a note",
    ];
    let asked = site.run(&replace).with_exit(0);
    is_proved(&site, 3);
    assert!(!takes(&site, &second));
    let third = revealed(&site, "3");
    assert!(takes(&site, &third));
    assert_eq!(site.mac.account(NAME).token, TrueToken::Usable);
    assert_eq!(revealed(&site, "1"), first, "the history is kept");

    let mut found = everything_written(&site, &["bestow.db", "agent.log", "calls.jsonl"]);
    found.extend(both_processes(&site));
    found.push(said("replace", &asked));
    for args in [
        ["local-administrator", "show", &site.mac.name].as_slice(),
        &["device", &site.mac.name, "--json"],
        &["audit", "--json"],
    ] {
        found.push(said(args[0], &site.run(args).with_exit(0)));
    }
    stand_nowhere(&[&first, &second, &third], &found);
}
