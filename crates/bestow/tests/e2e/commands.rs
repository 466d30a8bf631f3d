//! The commands, for people and for programs.

use macsim::report::TrueToken;
use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::command::Said;
use crate::support::site::Site;
use crate::support::terminal::Terminal;

fn columns(said: &Said) -> Vec<Vec<&str>> {
    said.out
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        })
        .collect()
}

#[test]
fn tables_show_devices_accounts_chain_actions_and_audit() {
    let site = Site::healthy(301);
    let devices = site.run(&["devices"]).with_exit(0);
    let narrowed = |more: &[&str]| site.run(&[&["devices"], more].concat());
    for found in [["--state", "can_grant"], ["--finding", "only_one_holder"]] {
        narrowed(&found).with_exit(0).says(&["healthy"]);
    }
    let none = narrowed(&["--state", "broken"]).with_exit(0);
    assert!(!none.out.contains("healthy"), "{}", none.out);
    narrowed(&["--state", "fine"])
        .with_exit(2)
        .says(&["can_grant", "only_standard_holders"]);
    let table = columns(&devices);
    assert_eq!(
        table[0],
        [
            "NAME",
            "SERIAL",
            "MACOS",
            "FILEVAULT",
            "CHAIN",
            "SERVICE ACCOUNT",
            "HOLDERS",
            "AGENT",
            "ID"
        ]
    );
    let truth = site.mac.truth();
    assert_eq!(
        table[1][..8],
        [
            "healthy",
            truth.serial.as_str(),
            "15.2",
            "on",
            "can grant",
            "awaiting first login",
            "1 of 2",
            "online"
        ]
    );
    let id = table[1][8].to_owned();

    let granted = site.grant(&[]).with_exit(0);
    assert!(
        granted.out.contains("Evidence") && granted.err.contains("running ..."),
        "{granted:?}"
    );

    // By id, by name and by serial number, it is the same device.
    for reference in [id.as_str(), "HEALTHY", &truth.serial.to_lowercase()] {
        let device = site.run(&["device", reference]).with_exit(0);
        device.says(&[
            &id,
            "Ben O’Neill; 100% 🦊",
            "administrator usable yes",
            "Handed on by Bestow",
            "ada ben",
            "Resilience Score",
            "of 100",
            "Independent ways back",
        ]);
    }
    let actions = site
        .run(&["actions", "--device", "healthy", "--state", "succeeded"])
        .with_exit(0);
    let row = &columns(&actions)[1];
    assert_eq!(
        row[1..5],
        ["healthy", "Grant Secure Token: ada → ben", "succeeded", "granted"]
    );
    site.run(&["action", row[0]])
        .with_exit(0)
        .says(&["State succeeded", "sysadminctl -secureTokenOn"]);
    let audit = site.run(&["audit"]).with_exit(0);
    assert!(
        !audit.out.contains(&id) && !audit.out.contains(row[0]),
        "{}",
        audit.out
    );
    let action = row[0].rsplit('-').next().unwrap();
    audit.says(&[
        "device enrolled",
        &format!("API token operator action accepted healthy {action}"),
        &format!("the Mac action succeeded healthy {action}"),
    ]);

    let mut terminal = site.command(&["audit"]);
    terminal.env("TERM", "xterm");
    let (shown, exit) = Terminal::of_width(terminal, 72).end();
    assert_eq!(exit, 0, "{shown}");
    assert!(
        shown.lines().all(|line| line.trim_end().chars().count() <= 72),
        "{shown}"
    );
}

#[test]
fn json_is_the_servers_own() {
    let site = Site::healthy(302);
    let devices = site.run(&["devices", "--json"]).with_exit(0).json();
    let device = site.run(&["device", "healthy", "--json"]).with_exit(0).json();
    assert_eq!(device["device"]["id"], devices["items"][0]["id"]);
    assert!(device["device"]["observation"]["accounts"]["value"].is_array());
    assert_eq!(device["chain"]["granters"], serde_json::json!(["ada"]));
    assert!(device["resilience"]["resilience"]["score"].is_u64(), "{device}");
    let plan = site.run(&[
        "plan",
        "healthy",
        "--administrator",
        "ada",
        "--target",
        "ben",
        "--json",
    ]);
    let plan = plan.with_exit(0).json();
    assert_eq!(plan["refusal"], Value::Null);
    let only = site.grant(&["--plan-only", "--json"]).with_exit(0).json();
    assert_eq!(only["plan_id"], plan["plan_id"]);
    assert_eq!(
        site.run(&["actions", "--json"]).with_exit(0).json()["items"],
        serde_json::json!([])
    );
    let granted = site
        .grant(&["--json", "--reason", "new laptop"])
        .with_exit(0)
        .json();
    assert_eq!(granted["code"], "granted");
    let audit = site.run(&["audit", "--json"]).with_exit(0).json();
    let reasons = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["reason"] == "new laptop");
    assert_eq!(reasons.count(), 1);
}

#[test]
fn what_nobody_began_can_be_called_back() {
    let mut site = Site::healthy(303);
    site.mac.stop_agent();
    let waiting = site.grant(&["--wait-limit", "1s"]).with_exit(4);
    assert!(waiting.err.contains("The action goes on"), "{}", waiting.err);
    let actions = site
        .run(&["actions", "--state", "queued", "--json"])
        .with_exit(0)
        .json();
    let id = actions["items"][0]["id"].as_str().unwrap().to_owned();
    site.run(&["cancel", &id])
        .with_exit(0)
        .says(&["Cancelled: The action was called back"]);
    site.run(&["action", &id, "--wait"])
        .with_exit(1)
        .says(&["cancelled"]);
    site.mac.start_agent();
    let id = site.send_grant();
    site.run(&["action", &id, "--wait"]).with_exit(0);
    site.run(&["cancel", &id])
        .with_exit(2)
        .says(&["Refused: The action can no longer be cancelled"]);
}

#[test]
fn codes_are_explained_without_a_server() {
    let site = Site::healthy(304);
    let mut explain = site.command(&["explain", "administrator_has_no_token"]);
    explain
        .env_remove("BESTOW_SERVER")
        .env_remove("BESTOW_TOKEN_FILE");
    Said::by(&mut explain, "").with_exit(0).says(&[
        "Authentication Error: The administrator account holds no Secure Token",
        "Cause",
        "Fix",
    ]);
    let here = site
        .run(&["explain", "chain_broken", "--json"])
        .with_exit(0)
        .json();
    assert_eq!(here["kind"], "precondition");
    site.run(&["explain", "Chain-Broken"])
        .with_exit(0)
        .says(&["chain_broken"]);
    site.run(&["explain", "chain_brocken"])
        .with_exit(2)
        .says(&["Perhaps you mean chain_broken"]);
}

#[test]
fn a_secret_enrols_one_mac_and_is_shown_once() {
    let site = Site::healthy(305);
    let secret = site.run(&["enrolment-secret", "--valid-for", "2h"]).with_exit(0);
    assert_eq!(secret.out.lines().count(), 1);
    assert!(secret.err.contains("not shown again"), "{}", secret.err);
    let listed = site.run(&["audit", "--json"]).with_exit(0);
    assert!(!listed.out.contains(secret.out.trim()));
}

#[test]
fn a_policy_is_turned_on_and_off() {
    let site = Site::healthy(307);
    let policy = |more: &[&str]| site.run(&[&["policy", "promote-administrators"], more].concat());
    policy(&[])
        .with_exit(0)
        .says(&["promote-administrators is off, as nobody has turned it on."]);
    policy(&["on", "--reason", "standard owners"])
        .with_exit(0)
        .says(&["promote-administrators is on since"]);
    let audit = site.run(&["audit"]).with_exit(0);
    assert!(audit.out.contains("standard owners"), "{audit:?}");
    policy(&["off"])
        .with_exit(0)
        .says(&["promote-administrators is off since"]);
    let unknown = site.run(&["policy", "nonsense", "on"]).with_exit(2);
    assert!(unknown.err.contains("token-for-primary-users"), "{unknown:?}");
}

#[test]
fn a_standard_holder_grants_under_the_policy_and_is_a_standard_account_after_it() {
    let site = Site::with(Situation::StandardHolderOnly, 308, "info");
    site.run(&["policy", "promote-administrators", "on"]).with_exit(0);
    let args = [
        "grant",
        &site.mac.name,
        "--administrator",
        "ben",
        "--target",
        "ada",
        "--password-stdin",
    ];
    let passwords = format!("{}\n{}\n", site.mac.password("ben"), site.mac.password("ada"));
    let granted = Said::by(&mut site.command(&args), &passwords).with_exit(0);
    assert!(
        granted.out.contains("administrator for the moment"),
        "{granted:?}"
    );
    assert_eq!(site.mac.times_granted("ada"), 1);
    assert_eq!(site.mac.account("ada").token, TrueToken::Usable);
    assert!(!site.mac.account("ben").admin);
}

#[test]
fn what_is_asked_already_is_told_before_it_is_asked_again() {
    let mut site = Site::healthy(312);
    // Nothing is carried out, so that the first order waits.
    site.mac.stop_agent();
    let first = site.send_grant();
    let plan = ["plan", "healthy", "--administrator", "ada", "--target", "ben"];
    site.run(&plan).with_exit(0).says(&[&format!(
        "The same is asked of this Mac already: action {first} is queued"
    )]);
    let again = site.grant(&["--no-wait", "--json"]).with_exit(0).json();
    assert_eq!(again["already_open"]["id"], first.as_str());
    assert_ne!(again["id"], first.as_str());
    let another = ["plan", "healthy", "--administrator", "ada", "--target", "ada"];
    assert!(!site.run(&another).flat().contains("is asked of this Mac already"));
}
