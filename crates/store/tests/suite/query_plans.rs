//! No statement of this crate looks through the devices of an organisation, or what grows with them, from end to end.

use std::fs;
use std::path::Path;

use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::portable_sql::rust_files;
use crate::support::World;

/// The tables that grow with the fleet and with time.
const LARGE: [&str; 21] = [
    "action",
    "attention",
    "audit",
    "collected_secret",
    "deed",
    "device",
    "device_word",
    "enrolment_record",
    "enrolment_word",
    "escrow_data_key",
    "escrow_event",
    "escrow_standing",
    "escrow_version",
    "finding",
    "mdm_enrolment",
    "mdm_identity",
    "observation",
    "resilience",
    "resilience_listed",
    "service_account_exclusion",
    "trust_edge",
];

/// What may read much: it begins so, and why it may.
const MAY: [(&str, &str); 5] = [
    (
        "SELECT wrapping_key, COUNT(*) AS keys FROM escrow_data_key",
        "when a copy is put back; reads one index",
    ),
    (
        "SELECT code, turn, remedy, place, COUNT(*) AS devices FROM attention",
        "counts what needs attention, in one index",
    ),
    (
        "SELECT DISTINCT device.id FROM collected_secret",
        "once an hour; reads what waits for Macs that have a device by now",
    ),
    (
        "SELECT * FROM enrolment_record WHERE search = ''",
        "when the database is opened; reads an index of the records that are older than their words",
    ),
    (
        "UPDATE collected_secret SET device_id = $4",
        "of one attribute of one collection, when a Mac enrols",
    ),
];

/// The statements that stand in a source file as they are, without those that are put together.
fn statements(source: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let mut rest = source;
    while let Some(begin) = rest.find('"') {
        let mut text = String::new();
        let mut chars = rest[begin + 1..].char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    end = begin + 1 + at + 1;
                    break;
                }
                // A line that goes on in the next, without its indentation.
                '\\' if chars.next_if(|(_, next)| *next == '\n').is_some() => {
                    while chars.next_if(|(_, next)| next.is_whitespace()).is_some() {}
                }
                '\\' => text.extend(chars.next().map(|(_, escaped)| escaped)),
                c => text.push(c),
            }
        }
        rest = &rest[end..];
        let verbs = ["SELECT ", "UPDATE ", "DELETE ", "INSERT "];
        if verbs.iter().any(|verb| text.starts_with(verb)) && !text.contains('{') {
            statements.push(text);
        }
    }
    statements
}

/// Whether a step of a plan reads a large table with nothing that narrows it down but the organisation.
fn reads_much(step: &str) -> bool {
    let of_large = |verb: &str| {
        let table = step
            .strip_prefix(verb)
            .and_then(|rest| rest.split_whitespace().next());
        table.is_some_and(|table| LARGE.contains(&table))
    };
    of_large("SCAN ") || of_large("SEARCH ") && step.ends_with("(organization_id=?)")
}

#[tokio::test]
async fn every_lookup_has_an_index() {
    let world = World::new().await;
    let file = world
        .file
        .to_str()
        .unwrap()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let mut connection = SqliteConnection::connect(&format!("sqlite://{file}"))
        .await
        .unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&sources)
        .into_iter()
        .filter(|file| !file.ends_with("tests.rs"));
    let mut count = 0;
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let program = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for statement in statements(program) {
            count += 1;
            let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
            let plan = sqlx::query(explain).fetch_all(&mut connection).await;
            let plan = plan.unwrap_or_else(|error| panic!("{}: {statement}: {error}", file.display()));
            let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).collect();
            let may = MAY.iter().any(|(begin, _)| statement.starts_with(begin));
            assert!(
                may || !steps.iter().any(|step| reads_much(step)),
                "{}: {statement}: {steps:#?}",
                file.display()
            );
        }
    }
    assert!(count > 100, "{count}");
}
