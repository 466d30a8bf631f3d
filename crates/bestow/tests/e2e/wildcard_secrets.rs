//! No collected secret leaks: planted by CSV import, by the enrolment page, by the API and the command line, and searched
//! for in everything that is left behind.

use std::fs;

use macsim::scenario::Situation;
use serde_json::json;

use crate::support::http::Raw;
use crate::support::search::{
    Haystack, both_processes, everything_written, everything_written_at_rest, said, stand_nowhere,
};
use crate::support::site::Site;

/// Secrets of nobody, in shapes that quoting, escaping and encoding might change.
const PLANTED: [&str; 6] = [
    "planted-csv-\"quoted\"-8Kq2",
    "gepflanzt-im-CSV-🦀-5Tz7",
    "planted page %41 & more 3Wm9",
    "planted-api-\\u0041-6Rb4",
    "planted-stdin-$HOME-1Xc8",
    "planted-bad-line-7Yd5",
];

fn authorized(site: &Site, key: &str, kind: &str) -> [String; 3] {
    let token = fs::read_to_string(site.server.token_file()).unwrap();
    [
        format!("authorization: Bearer {}", token.trim()),
        format!("idempotency-key: {key}"),
        format!("content-type: {kind}"),
    ]
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn no_collected_secret_is_left_anywhere() {
    let mut site = Site::not_enrolled(Situation::Healthy, 911, "trace");
    let address = site.server.address().to_owned();
    let serial_number = site.mac.serial_number();
    let (ada, ben) = (
        site.mac.password("ada").to_owned(),
        site.mac.password("ben").to_owned(),
    );
    let mut found = Vec::new();
    let mut keep = |name: &str, answer: Raw, status: u16| {
        assert_eq!(answer.status(), status, "{name}: {}", answer.text());
        found.push(Haystack {
            name: name.to_owned(),
            bytes: answer.0,
        });
    };

    // A table of Macs that never come, one with a bad line, and a head that is none.
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let table = format!(
        "serial_number,username,account,password,secret.admin\nNEVER1,x,,{},{}\n{serial_number},b,ben,{},{}\n",
        quoted(PLANTED[0]),
        quoted(PLANTED[1]),
        quoted(&ben),
        quoted(&ada),
    );
    let bad = format!(
        "serial_number,username,password\nNEVER2,a/b,{0}\nNEVER2,{0}/,{0}\n",
        PLANTED[5]
    );
    let headless = format!("{0},{0}\n{0},{0}\n", PLANTED[5]);
    for (key, table, status) in [
        ("import-bad-1", &bad, 422),
        ("import-head-1", &headless, 422),
        ("import-good-1", &table, 200),
    ] {
        let headers = authorized(&site, key, "text/csv");
        let path = "/api/v1/enrolment-records/import";
        for query in ["?dry_run=true", ""] {
            let answer = Raw::ask(&address, "POST", &format!("{path}{query}"), &headers, table);
            let status = if query.is_empty() || key == "import-head-1" {
                status
            } else {
                200
            };
            keep(key, answer, status);
        }
    }
    // By the enrolment page, refused once, and by the API.
    let headers = authorized(&site, "link-key-1", "application/json");
    let body = json!({ "serial_number": "NEVER3", "not_enrolled": true }).to_string();
    let link = Raw::ask(&address, "POST", "/api/v1/enrolment-links", &headers, &body);
    let text = link.text();
    let path = text
        .split('"')
        .find(|part| part.starts_with("/enrolment/"))
        .unwrap()
        .to_owned();
    let kind = ["content-type: application/x-www-form-urlencoded".to_owned()];
    let secret = percent(PLANTED[2]);
    let form = |again: &str| {
        format!("full_name=X&username=x&email=x%40example.org&password={secret}&password_again={again}")
    };
    keep(
        "page refused",
        Raw::ask(&address, "POST", &path, &kind, &form("other")),
        422,
    );
    keep(
        "page",
        Raw::ask(&address, "POST", &path, &kind, &form(&secret)),
        200,
    );
    for (key, body, status) in [
        (
            "put-good-1",
            json!({ "secrets": { "password": PLANTED[3] }, "not_enrolled": true }),
            200,
        ),
        (
            "put-bad-1",
            json!({ "secrets": { "username": PLANTED[3] }, "pasword": PLANTED[3] }),
            400,
        ),
        ("put-bad-2", json!({ "attributes": { "admin": PLANTED[3] } }), 400),
    ] {
        let headers = authorized(&site, key, "application/json");
        let path = "/api/v1/enrolment-records/NEVER4";
        keep(
            key,
            Raw::ask(&address, "PUT", path, &headers, &body.to_string()),
            status,
        );
    }
    let set = [
        "enrolment-data",
        "set",
        "NEVER5",
        "--not-enrolled",
        "--collect",
        "password",
        "--password-stdin",
    ];
    let set = site.run_with(&set, &format!("{}\n", PLANTED[4])).with_exit(0);
    found.push(said("set", &set));
    found.extend(everything_written(&site, &["bestow.db-wal", "bestow.vault-key"]));

    // What waited is sealed anew, and used.
    site.enroll();
    site.mac.start_agent();
    site.wait_until_observed();
    let grant = site.run(&[
        "grant",
        "healthy",
        "--administrator",
        "ada",
        "--administrator-password-from",
        "%admin%",
        "--target",
        "%username%",
        "--target-password-from",
        "%password%",
    ]);
    found.push(said("grant", &grant.with_exit(0)));
    assert_eq!(site.mac.times_granted("ben"), 1);
    for args in [
        &["enrolment-data", "list", "--json"][..],
        &["enrolment-data", "show", &serial_number],
        &["audit", "--json"],
        &["actions", "--json"],
        &["device", "healthy", "--json"],
    ] {
        found.push(said(&args.join(" "), &site.run(args).with_exit(0)));
    }
    found.extend(both_processes(&site));
    found.extend(everything_written(&site, &["bestow.db-wal", "log/calls.jsonl"]));
    site.server.stop();
    found.extend(everything_written_at_rest(&site));

    let secrets: Vec<&str> = PLANTED
        .iter()
        .copied()
        .chain([ada.as_str(), ben.as_str()])
        .collect();
    stand_nowhere(&secrets, &found);
    // The search can find: what is not secret stands there.
    let database = found
        .iter()
        .rfind(|haystack| haystack.name.ends_with("bestow.db"))
        .unwrap();
    assert!(crate::support::search::contains(&database.bytes, b"NEVER1"));
}
