//! No capture is forgotten.

use std::collections::BTreeSet;
use std::path::Path;

use crate::{folder, golden};

fn captures() -> BTreeSet<String> {
    let names = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name());
    names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| !name.ends_with(".md"))
        .collect()
}

/// The captures that the sources of these tests name.
fn read_by_a_test() -> BTreeSet<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let mut named = BTreeSet::new();
    for entry in std::fs::read_dir(sources).expect("the sources") {
        let source = std::fs::read_to_string(entry.expect("a source").path()).expect("a source");
        named.extend(
            source
                .split('"')
                .filter(|text| text.contains("__"))
                .map(str::to_owned),
        );
    }
    named
}

fn not_parsed() -> Vec<(String, String)> {
    let table = golden("NOT_PARSED.md");
    let rows = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    rows.map(|row| {
        let (name, why) = row.split_once("` | ").expect("a file and a reason");
        (name.to_owned(), why.to_owned())
    })
    .collect()
}

#[test]
fn every_capture_is_read_by_a_test_or_listed_with_a_reason() {
    let read = read_by_a_test();
    let listed: BTreeSet<String> = not_parsed().into_iter().map(|(name, _)| name).collect();
    let forgotten: Vec<_> = captures()
        .into_iter()
        .filter(|name| !read.contains(name) && !listed.contains(name))
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}

#[test]
fn what_is_listed_exists_is_not_read_and_has_a_reason() {
    let (captures, read) = (captures(), read_by_a_test());
    for (name, why) in not_parsed() {
        assert!(captures.contains(&name), "{name} is listed and not there");
        assert!(!read.contains(&name), "{name} is listed and read");
        assert!(why.len() > 5, "{name} has no reason");
    }
}
