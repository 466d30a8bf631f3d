//! Wildcards, from enrolment data to the Mac: real processes, by the command line alone.

use std::fs;

use macsim::report::TrueToken;
use macsim::scenario::Situation;
use serde_json::{Value, json};

use crate::support::command::Said;
use crate::support::http::Raw;
use crate::support::site::Site;
use crate::support::wait;

/// A table that says who uses the Mac: ben, whom his organisation calls Benedict; and what its administrator is called.
fn table(site: &Site) -> String {
    let serial_number = site.mac.serial_number().to_lowercase();
    let (ada, ben) = (site.mac.password("ada"), site.mac.password("ben"));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    format!(
        "serial_number,username,full_name,email,account,password,keeper,secret.keeper_password\n\
         {serial_number},benedict@example.org,Ben Ö’Neill,ben@example.org,ben,{},ada,{}\n",
        quoted(ben),
        quoted(ada)
    )
}

fn import(site: &Site) -> Said {
    site.run_with(&["enrolment-data", "import", "-"], &table(site))
        .with_exit(0)
}

fn record(site: &Site) -> Value {
    let serial_number = site.mac.serial_number();
    site.run(&["enrolment-data", "show", &serial_number, "--json"])
        .with_exit(0)
        .json()
}

/// Ada hands a token on to the Mac's person, by wildcards in every field.
const GRANT: [&str; 9] = [
    "grant",
    "healthy",
    "--administrator",
    "%keeper%",
    "--administrator-password-from",
    "%keeper_password%",
    "--target",
    "%username%",
    "--target-password-from=%password%",
];

#[test]
fn what_was_imported_before_the_mac_enrolled_grants_and_creates_on_it() {
    let mut site = Site::not_enrolled(Situation::Healthy, 901, "info");
    let preview = site.run_with(&["enrolment-data", "import", "--dry-run", "-"], &table(&site));
    preview.with_exit(0).says(&[
        "not enrolled",
        "Ben Ö’Neill",
        "created",
        "secret.password",
        "2 secrets would be",
        "New attributes: keeper, secret.keeper_password",
    ]);
    import(&site).says(&[
        "1 record made",
        "2 secrets collected",
        "1 Mac has not enrolled yet",
    ]);
    assert_eq!(record(&site)["secrets"][0]["state"], "waits_for_mac");

    site.enroll();
    site.mac.start_agent();
    site.wait_until_observed();
    assert_eq!(record(&site)["secrets"][0]["state"], "ready");
    let plan = [&["plan", "healthy"], &GRANT[2..]].concat();
    site.run(&plan).with_exit(0).says(&[
        "On this Mac",
        "Administrator ada",
        "Target ben",
        "Administrator's password %keeper_password%, collected on",
        "Target's password %password%, collected on",
    ]);
    assert_eq!(site.mac.times_granted("ben"), 0);
    site.run(&GRANT).with_exit(0).says(&["granted"]);
    assert_eq!(site.mac.account("ben").token, TrueToken::Usable);
    assert_eq!(site.mac.times_granted("ben"), 1);

    let create = site.run(&[
        "create-user",
        "healthy",
        "--username",
        "svc-%serialnumber%",
        "--full-name",
        "%fullname% on %devicename%, 100%%",
        "--administrator",
        "%keeper%",
        "--administrator-password-from",
        "%keeper_password%",
        "--target-password-from",
        "%serialnumber%",
    ]);
    create.with_exit(0).says(&["created_with_token"]);
    let made = site.mac.account(&format!("svc-{}", site.mac.serial_number()));
    assert_eq!(made.real_name, "Ben Ö’Neill on healthy, 100%");
    assert_eq!(made.token, TrueToken::Usable);
}

#[test]
fn a_typed_password_is_sealed_beside_a_collected_one() {
    let site = Site::healthy(902);
    import(&site);
    let grant = [
        "grant",
        "healthy",
        "--administrator",
        "ada",
        "--target",
        "%username%",
        "--target-password-from",
        "%password%",
        "--password-stdin",
    ];
    let ada = format!("{}\n", site.mac.password("ada"));
    site.run_with(&grant, &ada).with_exit(0).says(&["granted"]);
    assert_eq!(site.mac.times_granted("ben"), 1);
}

#[test]
fn a_wildcard_without_a_value_sends_nothing() {
    let site = Site::healthy(903);
    site.run(&GRANT).with_exit(2).says(&[
        "unresolved_wildcard",
        "'administrator.username' on healthy: %keeper% is not known.",
    ]);
    let only_name = format!(
        "serial_number,username,account,keeper\n{},b,ben,ada\n",
        site.mac.serial_number()
    );
    site.run_with(&["enrolment-data", "import", "-"], &only_name)
        .with_exit(0);
    let refused = site.run(&GRANT).with_exit(2);
    refused.says(&["unresolved_wildcard", "administrator.password_from"]);
    assert_eq!(site.run(&["actions", "--json"]).json()["items"], json!([]));
    assert_eq!(site.mac.times_granted("ben"), 0);

    let in_clear = [
        "grant",
        "healthy",
        "--administrator",
        "ada",
        "--target",
        "ben",
        "--target-password-from",
        "hunter2",
    ];
    site.run(&in_clear)
        .with_exit(2)
        .says(&["one wildcard such as '%password%'"]);
}

#[test]
fn a_new_device_key_makes_what_was_collected_stale() {
    let mut site = Site::healthy(904);
    import(&site);
    site.mac.stop_agent();
    fs::remove_dir_all(site.mac.agent_state()).unwrap();
    site.enroll();
    site.mac.start_agent();
    let devices = site.run(&["devices", "--json"]).with_exit(0).json();
    let pending = devices["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["pending"] == true)
        .unwrap();
    let (id, fingerprint) = (
        pending["id"].as_str().unwrap(),
        pending["key_fingerprint"].as_str().unwrap(),
    );
    wait::until("the new agent to tell of the Mac", || {
        site.run(&["device", id, "--json"]).with_exit(0).json()["device"]["observed_at"]
            .is_i64()
            .then_some(())
    });
    site.run(&["approve", id, "--fingerprint", fingerprint])
        .with_exit(0);
    assert_eq!(record(&site)["secrets"][0]["state"], "stale");
    site.run(&GRANT).with_exit(2).says(&["credential_stale"]);
    assert_eq!(site.mac.times_granted("ben"), 0);

    import(&site);
    assert_eq!(record(&site)["secrets"][0]["state"], "ready");
    site.run(&["device", id, "--accept-key", fingerprint])
        .with_exit(0);
    site.run(&GRANT).with_exit(0).says(&["granted"]);
}

#[test]
fn a_person_says_by_a_link_who_it_is_and_the_policy_sees_it() {
    let site = Site::healthy(905);
    let serial_number = site.mac.serial_number();
    let policy = ["policy", "token-for-primary-users"];
    site.run(&policy).with_exit(0).says(&["is off"]);
    let on = [&policy[..], &["on", "--reason", "rollout"]].concat();
    site.run(&on)
        .with_exit(0)
        .says(&["is on since", "The primary users of 0 Macs"]);
    let link = site.run(&["enrolment-data", "link", &serial_number]).with_exit(0);
    let path = link
        .out
        .trim()
        .strip_prefix(&format!("http://{}", site.server.address()))
        .unwrap();
    let page = Raw::ask(site.server.address(), "GET", path, &[], "");
    assert_eq!(page.status(), 200, "{}", page.text());
    let percent = |text: &str| {
        text.bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect::<String>()
    };
    let ben = percent(site.mac.password("ben"));
    let form =
        format!("full_name=Ben&username=ben&email=ben%40example.org&password={ben}&password_again={ben}");
    let kind = ["content-type: application/x-www-form-urlencoded".to_owned()];
    let thanks = Raw::ask(site.server.address(), "POST", path, &kind, &form);
    assert_eq!(thanks.status(), 200, "{}", thanks.text());
    let again = Raw::ask(site.server.address(), "POST", path, &kind, &form);
    assert_eq!(again.status(), 404, "a link opens once");

    // What follows from a record is worked out behind whoever saves it.
    wait::until("the policy to see the person", || {
        let told = site.run(&policy).with_exit(0).flat();
        told.contains("The primary user of 1 Mac").then_some(())
    });
    let listed = site.run(&[&policy[..], &["--devices"]].concat()).with_exit(0);
    listed.says(&[
        "healthy",
        "ben",
        "absent",
        "needs a credential",
        "Grant Secure Token: ada → ben",
        "bestow findings MAC",
    ]);
    let grant = [
        "grant",
        "healthy",
        "--administrator",
        "ada",
        "--target",
        "%username%",
        "--target-password-from",
        "%password%",
        "--password-stdin",
    ];
    let ada = format!("{}\n", site.mac.password("ada"));
    site.run_with(&grant, &ada).with_exit(0).says(&["granted"]);
    site.run(&policy)
        .with_exit(0)
        .says(&["The primary users of 0 Macs"]);
}

#[test]
fn a_record_is_set_shown_listed_and_forgotten() {
    let site = Site::healthy(906);
    let serial_number = site.mac.serial_number();
    let set = [
        "enrolment-data",
        "set",
        &serial_number,
        "--username",
        "ben",
        "--full-name",
        "Ben",
        "--attribute",
        "room=Ö 3",
        "--collect",
        "password",
        "--collect",
        "pin",
        "--password-stdin",
    ];
    let said = site.run_with(&set, "first secret\nsecond secret\n").with_exit(0);
    let said = said.says(&["Attribute room: Ö 3", "password on", "pin on", "can be used"]);
    assert!(!said.flat().contains("secret secret") && !said.flat().contains("first secret"));
    site.run(&[
        "enrolment-data",
        "set",
        &serial_number,
        "--clear",
        "room",
        "--destroy",
        "pin",
    ])
    .with_exit(0);
    let record = record(&site);
    assert_eq!(
        (&record["username"], &record["attributes"]),
        (&json!("ben"), &json!({}))
    );
    assert_eq!(record["secrets"].as_array().unwrap().len(), 1);
    site.run(&["enrolment-data", "set", &serial_number, "--clear", "floor"])
        .with_exit(2)
        .says(&["floor"]);
    site.run(&["enrolment-data", "list", "--search", "ben"])
        .with_exit(0)
        .says(&[&serial_number, "password (ready)"]);
    site.run(&["devices", "--search", "ben"])
        .with_exit(0)
        .says(&["healthy"]);
    site.run(&["enrolment-data", "forget", &serial_number])
        .with_exit(0);
    site.run(&["enrolment-data", "show", &serial_number])
        .with_exit(2)
        .says(&["not_found"]);

    let bad = "serial_number,username\n,x\nC02,a/b\n";
    let refused = site
        .run_with(&["enrolment-data", "import", "-"], bad)
        .with_exit(2);
    refused.says(&["import_refused", "2 serial_number", "3 username"]);
}
