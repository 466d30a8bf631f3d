//! No password leaks. Unique ones are planted in grants of every kind, and then searched for in everything that is left
//! behind: arguments and environment of every tool, logs at trace level, the database with its write-ahead log, the
//! agent's state and journal, every answer of the API, and what the commands have said.

use std::fs;
use std::path::{Path, PathBuf};

use macsim::scenario::Situation;

use crate::support::child::{Running, command};
use crate::support::command::Said;
use crate::support::hold::Side;
use crate::support::http::Raw;
use crate::support::program;
use crate::support::site::Site;

/// Passwords of nobody, in shapes that quoting, escaping and encoding might change.
const PLANTED: [&str; 4] = [
    "planted-wrong-administrator-8Kq2",
    "planted wrong target \"quoted\" 5Tz7",
    "planted-for-nobody-$HOME-3Wm9",
    "gepflanzt-für-niemanden-🦀-6Rb4",
];

/// What is searched, with its name for the report.
struct Haystack {
    name: String,
    bytes: Vec<u8>,
}

/// Every form in which a password might be written down.
fn forms(password: &str) -> Vec<Vec<u8>> {
    let json = serde_json::to_string(password).unwrap();
    let hexadecimal: String = password.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = password.bytes().map(percent_encoded).collect();
    let debug = format!("{password:?}");
    let mut forms = vec![
        password.as_bytes().to_vec(),
        json.trim_matches('"').as_bytes().to_vec(),
        debug.trim_matches('"').as_bytes().to_vec(),
        hexadecimal.to_uppercase().into_bytes(),
        hexadecimal.into_bytes(),
        percent.into_bytes(),
    ];
    // As base64 inside something longer, the first and the last letters depend on their neighbours.
    for padding in ["", "x", "xx"] {
        let encoded = wire::encoding::Bytes(format!("{padding}{password}").into_bytes()).to_text();
        let middle = encoded.get(4..encoded.len() - 4).unwrap();
        forms.push(middle.as_bytes().to_vec());
        forms.push(middle.replace('-', "+").replace('_', "/").into_bytes());
    }
    forms
}

fn percent_encoded(byte: u8) -> String {
    match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    files
}

/// Everything in the site's folder but the simulated Mac itself, which has to know its passwords' keys, not them.
fn everything_written(site: &Site) -> Vec<Haystack> {
    let files = files_below(&site.folder());
    assert!(
        files.iter().any(|file| file.ends_with("bestow.db-wal")),
        "{files:?}"
    );
    assert!(
        files.iter().any(|file| file.ends_with("log/calls.jsonl")),
        "{files:?}"
    );
    let read = |file: PathBuf| Haystack {
        name: file.display().to_string(),
        bytes: fs::read(&file).unwrap(),
    };
    files.into_iter().map(read).collect()
}

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

fn said(name: &str, said: &Said) -> Haystack {
    Haystack {
        name: name.to_owned(),
        bytes: format!("{}{}", said.out, said.err).into_bytes(),
    }
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
    found.extend(everything_written(&site));
    found.extend(both_processes(&site));
    site.mac.kill_agent();
    site.proxy.cut();
    site.mac.start_agent();

    // And one that ends as it should, sealed here.
    found.push(said("granted before", &site.grant(&[]).with_exit(0)));
    found.push(said("device", &site.run(&["device", "healthy"])));
    found.push(said("audit", &site.run(&["audit"])));
    let mut demo_free = command(program());
    found.push(said("explain", &Said::by(demo_free.arg("explain"), "")));
    found.extend(every_answer(&site));
    found.extend(everything_written(&site));
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
    for secret in PLANTED.iter().copied().chain([ada.as_str(), ben.as_str()]) {
        for form in forms(secret) {
            for haystack in &found {
                assert!(
                    !contains(&haystack.bytes, &form),
                    "{secret:?} stands in {}",
                    haystack.name
                );
            }
        }
    }
}

/// Arguments and environment of server and agent. Those of the tools stand in `calls.jsonl`.
fn both_processes(site: &Site) -> Vec<Haystack> {
    let processes = [
        ("server", site.server.process()),
        ("agent", site.mac.agent_process()),
    ];
    let seen = |(name, process): (&str, &Running)| Haystack {
        name: format!("arguments or environment of the {name}"),
        bytes: process.seen_from_outside(),
    };
    processes.map(seen).into()
}

/// The same once the server has closed its database.
fn everything_written_at_rest(site: &Site) -> Vec<Haystack> {
    let read = |file: PathBuf| Haystack {
        name: file.display().to_string(),
        bytes: fs::read(&file).unwrap(),
    };
    files_below(&site.folder()).into_iter().map(read).collect()
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
