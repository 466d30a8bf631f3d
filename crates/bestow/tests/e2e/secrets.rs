//! No password leaks. Unique ones are planted in grants of every kind, and then searched for in everything that is left
//! behind: arguments and environment of every tool, logs at trace level, the database with its write-ahead log, the
//! agent's state and journal, every answer of the API, and what the commands have said.

use std::fs;

use macsim::scenario::Situation;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::hold::Side;
use crate::support::http::Raw;
use crate::support::program;
use crate::support::search::{
    Haystack, both_processes, contains, everything_written, everything_written_at_rest, files_below, forms,
    said, stand_nowhere,
};
use crate::support::site::Site;

/// Passwords of nobody, in shapes that quoting, escaping and encoding might change.
const PLANTED: [&str; 4] = [
    "planted-wrong-administrator-8Kq2",
    "planted wrong target \"quoted\" 5Tz7",
    "planted-for-nobody-$HOME-3Wm9",
    "gepflanzt-für-niemanden-🦀-6Rb4",
];

/// New passwords of somebody: given by the old one, by an administrator, and one that is refused with the old one.
const GIVEN: [&str; 3] = [
    "given-by-the-old-one-%s-9Vx3",
    "given by \"ada\" \\ 2Lp6",
    "gegeben-für-niemanden-🦀-7Hn5",
];

/// Every answer that the API and the console give to a GET.
fn every_answer(site: &Site) -> Vec<Haystack> {
    let address = site.server.address();
    let signed_in = Raw::ask(address, "GET", site.server.sign_in_path(), &[], "");
    let session = signed_in.cookie().unwrap();
    let device = device_id(site);
    let mut paths = vec!["/".to_owned(), "/readyz".to_owned(), format!("/devices/{device}")];
    let lists = ["devices", "actions", "audit?limit=500", "openapi.json", "codes"];
    paths.extend(lists.map(|list| format!("/api/v1/{list}")));
    let parts = ["", "/accounts", "/chain", "/actions"];
    paths.extend(parts.map(|part| format!("/api/v1/devices/{device}{part}")));
    let actions = site.run(&["actions", "--json"]).json();
    for action in actions["items"].as_array().unwrap() {
        let id = action["id"].as_str().unwrap();
        paths.extend([format!("/api/v1/actions/{id}"), format!("/actions/{id}")]);
    }
    let get = |path: String| {
        let answer = Raw::ask(address, "GET", &path, std::slice::from_ref(&session), "");
        assert_eq!(answer.status(), 200, "{path}: {}", answer.text());
        Haystack {
            name: path,
            bytes: answer.0,
        }
    };
    paths.into_iter().map(get).collect()
}

fn device_id(site: &Site) -> String {
    let device = site.run(&["device", "healthy", "--json"]).json();
    device["device"]["id"].as_str().unwrap().to_owned()
}

/// Sends passwords in clear, for the server to seal at its edge, as a script without HPKE does.
fn post_in_clear(site: &Site, body: &serde_json::Value) -> Raw {
    let token = fs::read_to_string(site.server.token_file()).unwrap();
    let body = body.to_string();
    let headers = [
        format!("authorization: Bearer {}", token.trim()),
        format!("idempotency-key: planted-{}", body.len()),
        "content-type: application/json".to_owned(),
    ];
    let path = format!("/api/v1/devices/{}/actions", device_id(site));
    Raw::ask(site.server.address(), "POST", &path, &headers, &body)
}

#[test]
fn no_password_is_left_anywhere() {
    let mut site = Site::with(Situation::Healthy, 601, "trace");
    let (ada, ben) = (
        site.mac.password("ada").to_owned(),
        site.mac.password("ben").to_owned(),
    );
    let credential =
        |username: &str, password: &str| serde_json::json!({ "username": username, "password": password });
    let mut found = Vec::new();

    // Refused on the Mac, refused by the plan, and malformed.
    found.push(said(
        "wrong administrator",
        &site.grant_with([PLANTED[0], &ben], &[]).with_exit(1),
    ));
    found.push(said(
        "wrong target",
        &site.grant_with([&ada, PLANTED[1]], &["--json"]).with_exit(1),
    ));
    for (name, body) in [
        (
            "unknown target",
            serde_json::json!({
                "kind": "grant_secure_token",
                "administrator": credential("ada", &ada), "target": credential("nobody-here", PLANTED[2]),
            }),
        ),
        (
            "a field too many",
            serde_json::json!({
                "kind": "grant_secure_token", "pasword": PLANTED[3],
                "administrator": credential("ada", PLANTED[3]), "target": credential("ben", PLANTED[2]),
            }),
        ),
        (
            "a password where a name belongs",
            serde_json::json!({
                "kind": "grant_secure_token",
                "administrator": credential("ada", &ada), "target": { "username": 7, "password": PLANTED[3] },
            }),
        ),
    ] {
        let answer = post_in_clear(&site, &body);
        assert!((400..500).contains(&answer.status()), "{name}: {}", answer.text());
        found.push(Haystack {
            name: name.to_owned(),
            bytes: answer.0,
        });
    }

    // A grant that is cut off while its report is under way, so that the journal has something to hold.
    site.proxy.hold("/report", Side::Request);
    let body = serde_json::json!({
        "kind": "grant_secure_token", "administrator": credential("ada", &ada), "target": credential("ben", &ben),
    });
    let accepted = post_in_clear(&site, &body);
    assert_eq!(accepted.status(), 202, "{}", accepted.text());
    found.push(Haystack {
        name: "accepted".to_owned(),
        bytes: accepted.0,
    });
    site.proxy.wait();
    assert_eq!(site.mac.times_granted("ben"), 1);
    assert!(!files_below(&site.mac.agent_state().join("journal")).is_empty());
    found.extend(everything_written(&site, &["bestow.db-wal", "log/calls.jsonl"]));
    found.extend(both_processes(&site));
    site.mac.kill_agent();
    site.proxy.cut();
    site.mac.start_agent();

    // And one that ends as it should, sealed here.
    found.push(said("granted before", &site.grant(&[]).with_exit(0)));
    let mut give = |name: &str, args: &[&str], typed: [&str; 2], exit: i32| {
        let args = [
            &["account", "healthy"],
            args,
            &["--target", "ben", "--password-stdin"],
        ]
        .concat();
        let said_of = site.run_with(&args, &format!("{}\n", typed.join("\n")));
        found.push(said(name, &said_of.with_exit(exit)));
    };
    give("changed", &["change-password"], [&ben, GIVEN[0]], 0);
    give("not changed", &["change-password"], [&ben, GIVEN[2]], 1);
    let reset = ["reset-password", "--administrator", "ada"];
    give("reset", &reset, [&ada, GIVEN[1]], 0);
    found.push(said("device", &site.run(&["device", "healthy"])));
    found.push(said("audit", &site.run(&["audit"])));
    let mut demo_free = command(program());
    found.push(said("explain", &Said::by(demo_free.arg("explain"), "")));
    found.extend(every_answer(&site));
    found.extend(everything_written(&site, &["bestow.db-wal", "log/calls.jsonl"]));
    site.server.stop();
    found.extend(everything_written_at_rest(&site));

    for log in [site.server.log(), site.mac.log()] {
        let text = fs::read_to_string(&log).unwrap();
        // Everything is told that there is to tell; not every part has lines at the lowest level.
        assert!(
            text.contains("DEBUG") || text.contains("TRACE"),
            "{}",
            log.display()
        );
    }
    let secrets: Vec<&str> = PLANTED
        .iter()
        .chain(&GIVEN)
        .copied()
        .chain([ada.as_str(), ben.as_str()])
        .collect();
    stand_nowhere(&secrets, &found);
}

#[test]
fn the_search_finds_what_is_there() {
    let password = "gepflanzt \"für\" 🦀 6Rb4";
    let base64 = wire::encoding::Bytes(format!("user:{password}!").into_bytes()).to_text();
    let hexadecimal: String = password.bytes().map(|byte| format!("{byte:02x}")).collect();
    for text in [
        format!("x{password}x"),
        serde_json::json!({ "p": password }).to_string(),
        format!("{:?}", Some(password)),
        base64,
        hexadecimal,
    ] {
        let is_found = forms(password).iter().any(|form| contains(text.as_bytes(), form));
        assert!(is_found, "{text:?}");
    }
}
