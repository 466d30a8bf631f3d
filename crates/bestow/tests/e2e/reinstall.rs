//! `bestow-agent reinstall` on simulated Macs: the agent was installed again over the top, and an administrator's password makes the
//! service account whole. The Mac stays the device that it was.

use std::fs;

use macsim::model::clock::UnixMillis;
use macsim::report::TrueToken;
use macsim::rules::create_account::{NewAccount, create_account};
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::command::Said;
use crate::support::search::{Haystack, everything_written_at_rest, said as told, stand_nowhere};
use crate::support::site::Site;
use crate::support::terminal::Terminal;
use crate::support::wait;

const NAME: &str = "_bestow";
const PLANTED: &str = "planted-wrong-administrator-\"7Lw4\"";
const CLEO: &str = "cleo's password 1";
const STAN: &str = "stan's password 1";

/// Beside ada: cleo, an administrator without a token, and stan, a standard account with one. The Mac is enrolled, its agent does
/// not run.
fn enrolled(seed: u64, log_level: &'static str) -> Site {
    let site = Site::without_agent(Situation::FileVaultOff, seed, log_level);
    let ada = site.mac.password("ada").to_owned();
    let at = Circumstances {
        now: UnixMillis(1_770_000_000_000),
    };
    let account = |name: &str, uid, admin| NewAccount {
        name: name.to_owned(),
        uid,
        gid: 20,
        home: format!("/Users/{name}"),
        admin,
        ..NewAccount::default()
    };
    let by_ada = Credentials {
        name: "ada",
        password: &ada,
    };
    let made = site.mac.home.change(|mac| {
        let cleo = create_account(mac, &account("cleo", 541, true), CLEO, None, at);
        let stan = create_account(mac, &account("stan", 542, false), STAN, Some(by_ada), at);
        (cleo.unwrap(), stan.unwrap())
    });
    assert_eq!(made.unwrap(), (false, true), "who holds a token");
    site
}

fn reinstall(site: &Site, more: &[&str], input: &str) -> Said {
    let mut command = site.mac.agent_command();
    command.arg("reinstall").args(more);
    Said::by(&mut command, input)
}

fn by(site: &Site, administrator: &str, password: &str) -> Said {
    let more = ["--administrator", administrator, "--password-stdin"];
    reinstall(site, &more, &format!("{password}\n"))
}

fn at_server(site: &Site) -> Value {
    let name = site.mac.name.clone();
    let view = site.run(&["service-account", &name, "--json"]);
    view.with_exit(0).json()
}

/// Runs the agent until the server says this of the service account, and knows of as many deeds.
fn server_says(site: &mut Site, status: &str, count: usize) -> Value {
    site.mac.start_agent();
    let view = wait::until("the server to know how it stands", || {
        let view = at_server(site);
        (view["status"] == status && deeds(&view).len() >= count).then_some(view)
    });
    site.mac.stop_agent();
    view
}

fn token(site: &Site) -> Option<TrueToken> {
    let accounts = site.mac.truth().accounts;
    let own = accounts.into_iter().find(|account| account.name == NAME);
    own.map(|own| own.token)
}

/// The codes of what the agent did, by kind, oldest first.
fn deeds(view: &Value) -> Vec<(String, String)> {
    let word = |deed: &Value, field: &str| deed[field].as_str().unwrap().to_owned();
    let newest_first = view["deeds"].as_array().unwrap().iter().rev();
    newest_first
        .map(|deed| (word(deed, "kind"), word(deed, "code")))
        .collect()
}

fn pair(kind: &str, code: &str) -> (String, String) {
    (kind.to_owned(), code.to_owned())
}

/// All that the agent has of the Mac, but for its passwords and what is remembered of tries and proofs.
fn identity(site: &Site) -> Vec<(String, Vec<u8>)> {
    let state = site.mac.agent_state();
    ["enrolment.json", "keys.json", "logins.json"]
        .into_iter()
        .filter_map(|file| Some((file.to_owned(), fs::read(state.join(file)).ok()?)))
        .collect()
}

#[test]
fn a_lost_password_comes_back_and_the_mac_stays_the_device_it_was() {
    let mut site = enrolled(831, "trace");
    let ada = site.mac.password("ada").to_owned();
    let mut found = vec![told("first", &by(&site, "ada", &ada).with_exit(0))];
    let mut done = vec![pair("reinstall", "service_account_created")];
    assert_eq!(deeds(&server_says(&mut site, "valid", 1)), done);
    let (before, device) = (identity(&site), site.mac.agent_status());

    fs::remove_file(site.mac.agent_state().join("keychain.json")).unwrap();
    let lost = server_says(&mut site, "invalid", 1);
    assert_eq!(lost["reasons"][0]["reason"], "password_lost");
    assert_eq!(lost["updates"]["able"], "no", "{}", lost["updates"]);
    let guid = site.mac.account(NAME).guid;

    for (administrator, password, code) in [
        ("ada", PLANTED, "administrator_wrong_password"),
        ("nobody_1", &ada, "administrator_unknown"),
        ("cleo", CLEO, "administrator_has_no_token"),
        ("stan", STAN, "administrator_not_admin"),
    ] {
        let refused = by(&site, administrator, password).with_exit(1);
        let says = [
            &format!("[{code}]") as &str,
            "Nothing was changed",
            "password lost",
        ];
        found.push(told(code, &refused.says(&says)));
    }
    assert_eq!(token(&site), Some(TrueToken::Usable));

    let right = by(&site, "ada", &ada).with_exit(0);
    found.push(told(
        "right",
        &right.says(&["The service account is valid again."]),
    ));
    // A refusal is no deed.
    let valid = server_says(&mut site, "valid", 2);
    done.push(pair("reinstall", "service_account_repaired"));
    assert_eq!(deeds(&valid), done);
    assert_eq!(valid["deeds"][0]["account"], "ada");
    assert_eq!(
        valid["updates"],
        serde_json::json!({ "capability": "authorise_updates", "able": "yes", "because": "it is a volume owner" })
    );
    let name = site.mac.name.clone();
    site.run(&["service-account", &name])
        .with_exit(0)
        .says(&["Can authorise system updates: yes; it is a volume owner"]);

    assert_eq!(identity(&site), before);
    assert_eq!(
        site.mac.agent_status()["key_fingerprint"],
        device["key_fingerprint"]
    );
    assert_eq!(site.mac.agent_status()["device_id"], device["device_id"]);
    let devices = site.run(&["devices", "--json"]).with_exit(0).json();
    assert_eq!(devices["items"].as_array().unwrap().len(), 1);
    assert_eq!(devices["items"][0]["id"], device["device_id"]);
    assert_eq!(site.mac.account(NAME).guid, guid, "the account was not made anew");

    by(&site, "ada", &ada)
        .with_exit(0)
        .says(&["Nothing is to be done for the service account: it is valid"]);
    site.mac.start_agent();
    let outside = site.mac.agent_process().seen_from_outside();
    found.push(Haystack::new("arguments or environment of the agent", &outside));
    found.extend(everything_written_at_rest(&site));
    for part in [
        "calls.jsonl",
        "agent.log",
        "service-account.json",
        "attempts.json",
    ] {
        assert!(
            found.iter().any(|haystack| haystack.name.ends_with(part)),
            "{part}"
        );
    }
    stand_nowhere(&[&ada, CLEO, STAN, PLANTED], &found);
}

#[test]
fn a_person_is_asked_at_a_terminal_and_nobody_where_there_is_none() {
    let mut site = enrolled(832, "info");
    let ada = site.mac.password("ada").to_owned();
    reinstall(&site, &[], "").with_exit(0).says(&[
        "stays device",
        "Nobody was asked for a password",
        "A login of ada mends it",
    ]);
    assert_eq!(token(&site), None);

    let mut command = site.mac.agent_command();
    command.arg("reinstall");
    let mut terminal = Terminal::start(command);
    terminal.type_seen("An administrator who holds a Secure Token (ada): ", "ada");
    terminal.type_unseen("Password for ada: ", &ada);
    let (shown, exit) = terminal.end();
    assert_eq!(exit, 0, "{shown}");
    assert!(
        shown.contains("The service account is there and valid."),
        "{shown}"
    );
    assert!(!shown.contains(&ada));
    assert_eq!(token(&site), Some(TrueToken::Usable));

    site.mac.start_agent();
    wait::until("the agent to run", || site.mac.is_busy().then_some(()));
    by(&site, "ada", &ada)
        .with_exit(1)
        .says(&["the agent runs; stop it first"]);
}

#[test]
fn where_nobody_holds_it_leads_to_recovery_by_the_same_words() {
    let mut site = Site::without_agent(Situation::NoHolder, 833, "info");
    let ada = site.mac.password("ada").to_owned();
    let says = [
        "Nobody on this Mac holds a Secure Token that works.",
        "Nobody can help the service account: the ways back for this Mac",
        "The personal recovery key (open)",
        "'bestow recovery \"no_holder\"'",
    ];
    // An installer has done its part; a person has not got what was asked for.
    reinstall(&site, &[], "").with_exit(0).says(&says);
    by(&site, "ada", &ada)
        .with_exit(1)
        .says(&says)
        .says(&["[chain_broken]", "Nothing was changed"]);
    assert_eq!(token(&site), None);
    site.mac.start_agent();
    site.wait_until_observed();
    site.run(&["recovery", "no_holder"])
        .with_exit(0)
        .says(&[says[0], says[2]]);
}

#[test]
fn a_mac_that_was_never_enrolled_has_nothing_to_keep() {
    let site = Site::not_enrolled(Situation::Healthy, 834, "info");
    by(&site, "ada", "whatever")
        .with_exit(1)
        .says(&["this Mac is not enrolled"]);
    assert_eq!(token(&site), None);
}
