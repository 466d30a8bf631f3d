//! One order for a handful of Macs, each with an agent of its own: real processes, passwords by wildcards, and the truth
//! on every Mac.

use std::collections::BTreeMap;

use macsim::report::TrueToken;
use macsim::scenario::Situation;
use serde_json::{Value, json};

use crate::support::mac::TestMac;
use crate::support::site::Site;
use crate::support::terminal::Terminal;
use crate::support::wait;

/// A grant to each Mac's own person, with the passwords that were collected for each Mac.
const GRANT: [&str; 9] = [
    "bulk-grant",
    "--all",
    "--administrator",
    "ada",
    "--administrator-password-from=%admin_password%",
    "--target",
    "%username%",
    "--target-password-from=%password%",
    "--canary=1",
];

/// A site, and more Macs beside its own.
struct Handful {
    site: Site,
    others: Vec<TestMac>,
}

impl Handful {
    /// Macs of these names in these situations; the first is the site's own. Their agents run and have told of them.
    fn of(seed: u64, wanted: &[(&str, Situation)]) -> Self {
        let mut site = Site::not_enrolled(wanted[0].1, seed, "info");
        let agent = site.folder().join("bestow-agent");
        wanted[0].0.clone_into(&mut site.mac.name);
        site.enroll();
        site.mac.start_agent();
        let mut others = Vec::new();
        for ((name, situation), number) in wanted[1..].iter().zip(1..) {
            let folder = site.folder().join(name);
            let mut mac = TestMac::make(&folder, *situation, seed + number, &agent, "info");
            (*name).clone_into(&mut mac.name);
            let secret = site.run(&["enrolment-secret"]).with_exit(0).out;
            mac.enroll(&site.proxy.url(), &secret);
            mac.start_agent();
            others.push(mac);
        }
        let handful = Self { site, others };
        wait::until("every Mac to be observed", || {
            let devices = handful.site.run(&["devices", "--json"]).with_exit(0).json();
            let mut devices = devices["items"].as_array().unwrap().iter();
            devices.all(|device| device["observed_at"].is_i64()).then_some(())
        });
        handful
    }

    fn macs(&self) -> impl Iterator<Item = &TestMac> {
        [&self.site.mac].into_iter().chain(&self.others)
    }

    fn mac(&self, name: &str) -> &TestMac {
        self.macs().find(|mac| mac.name == name).unwrap()
    }

    /// Says who uses each Mac, with the passwords of ben and ada on it; `but` changes what is collected as ben's.
    fn import(&self, but: impl Fn(&TestMac) -> Option<String>) {
        let mut table = "serial_number,username,account,password,secret.admin_password\n".to_owned();
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        for mac in self.macs() {
            if let Some(ben) = but(mac) {
                let (serial, ada) = (mac.serial_number(), quoted(mac.password("ada")));
                table.push_str(&format!("{serial},benedict,ben,{},{ada}\n", quoted(&ben)));
            }
        }
        let import = ["enrolment-data", "import", "-"];
        self.site.run_with(&import, &table).with_exit(0);
    }

    /// What a run has for each Mac: the state of its action, and its code.
    fn results(&self, run: &str) -> BTreeMap<String, (Value, Value)> {
        let results = self
            .site
            .run(&["bulk", "results", run, "--json"])
            .with_exit(0)
            .json();
        let items = results["items"].as_array().unwrap().iter();
        items
            .map(|item| {
                let name = item["device_name"].as_str().unwrap().to_owned();
                (name, (item["state"].clone(), item["code"].clone()))
            })
            .collect()
    }
}

#[test]
fn every_mac_gets_one_right_result_with_passwords_of_its_own() {
    let healthy = Situation::Healthy;
    let macs = Handful::of(
        1_101,
        &[
            ("a-first", healthy),
            ("b-second", healthy),
            ("c-wrong", healthy),
            ("d-unknown", healthy),
            ("e-broken", Situation::NoHolder),
        ],
    );
    macs.import(|mac| match mac.name.as_str() {
        "c-wrong" => Some("not ben's password".to_owned()),
        "d-unknown" => None,
        _ => Some(mac.password("ben").to_owned()),
    });
    let plan = [&GRANT[..], &["--plan-only"]].concat();
    macs.site
        .run(&plan)
        .with_exit(0)
        .says(&["3 of 5 Macs are ready", "unresolved_wildcard", "chain_broken"]);
    assert_eq!(macs.site.run(&["actions", "--json"]).json()["items"], json!([]));

    let order = [&GRANT[..], &["--stop-at-failures=90", "--yes", "--json"]].concat();
    let run = macs.site.run(&order).with_exit(1).json();
    assert_eq!(run["state"], "finished", "{run}");
    let expected = [
        ("a-first", json!("succeeded"), "granted"),
        ("b-second", json!("succeeded"), "granted"),
        ("c-wrong", json!("refused"), "target_wrong_password"),
        ("d-unknown", Value::Null, "unresolved_wildcard"),
        ("e-broken", Value::Null, "chain_broken"),
    ];
    let expected: BTreeMap<_, _> = expected
        .into_iter()
        .map(|(name, state, code)| (name.to_owned(), (state, json!(code))))
        .collect();
    assert_eq!(macs.results(run["id"].as_str().unwrap()), expected);
    for (name, (state, _)) in &expected {
        let mac = macs.mac(name);
        let granted = u32::from(*state == json!("succeeded"));
        assert_eq!(mac.times_granted("ben"), granted, "{name}");
        if granted == 1 {
            assert_eq!(mac.account("ben").token, TrueToken::Usable, "{name}");
        }
        let tried = u32::from(name == "c-wrong");
        let counts = mac.truth().effects.accounts;
        let failed = counts.get("ben").map_or(0, |counts| counts.failed_logins);
        assert_eq!(failed, tried, "{name}: a password is tried once");
    }
}

#[test]
fn the_number_is_typed_at_a_terminal_and_a_bar_shows_how_far_it_is() {
    let healthy = Situation::Healthy;
    let macs = Handful::of(1_111, &[("a-first", healthy), ("b-second", healthy)]);
    macs.import(|mac| Some(mac.password("ben").to_owned()));
    let ask = || {
        let mut command = macs.site.command(&GRANT);
        command.env("TERM", "xterm");
        Terminal::start(command)
    };
    let prompt = "Type 2 to ask this of 2 Macs: ";
    let mut terminal = ask();
    terminal.type_seen(prompt, "3");
    let (shown, exit) = terminal.end();
    assert_eq!(exit, 2, "{shown}");
    assert!(
        shown.contains("That is another number. Nothing was sent."),
        "{shown}"
    );
    assert_eq!(
        macs.site.run(&["bulk", "list", "--json"]).json()["items"],
        json!([])
    );

    let mut terminal = ask();
    terminal.type_seen(prompt, "2");
    let (shown, exit) = terminal.end();
    assert_eq!(exit, 0, "{shown}");
    let plan = shown.find("2 of 2 Macs are ready").unwrap();
    assert!(plan < shown.find(prompt).unwrap(), "{shown}");
    assert!(shown.contains(" of 2  "), "no bar was shown: {shown}");
    assert!(
        shown.contains("2 succeeded") || shown.contains("succeeded  2"),
        "{shown}"
    );
    for mac in macs.macs() {
        assert_eq!(mac.times_granted("ben"), 1, "{}", mac.name);
        for account in ["ada", "ben"] {
            assert!(!shown.contains(mac.password(account)), "{shown}");
        }
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the program that is asked has the real clock, too"
)]
fn a_grant_for_tonight_waits_and_says_so() {
    let site = Site::healthy(1_121);
    let sent = site.grant(&["--not-before", "2999-01-01T00:00:00Z"]).with_exit(2);
    sent.says(&["not_before", "at most 30 days ahead"]);
    let tomorrow = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24);
    let sent = site
        .grant(&["--not-before", &tomorrow.to_string(), "--json"])
        .with_exit(0)
        .json();
    assert_eq!(sent["not_before"], tomorrow.as_millisecond());
    let week = 7 * 24 * 3_600_000;
    assert_eq!(sent["not_after"], tomorrow.as_millisecond() + week);
    let id = sent["id"].as_str().unwrap();
    site.run(&["action", id])
        .with_exit(0)
        .says(&["State queued", "Not before"]);
    assert_eq!(site.mac.times_granted("ben"), 0);
    site.run(&["cancel", id]).with_exit(0);
}
