//! The SQL of this crate is the SQL of every engine; what SQLite alone has stands in its own file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Words that some engine does not know, or knows otherwise.
const FORBIDDEN: [&str; 22] = [
    "PRAGMA ",
    "AUTOINCREMENT",
    "BIGSERIAL",
    "INSERT OR ",
    "REPLACE INTO",
    " ROWID",
    " GLOB ",
    " ILIKE ",
    "IFNULL(",
    "JSON_",
    "JSONB",
    "STRFTIME",
    "DATETIME(",
    "NOW()",
    "RANDOM()",
    "SKIP LOCKED",
    "FOR UPDATE",
    "ADVISORY",
    "NOTIFY ",
    "CREATE TRIGGER",
    "TEMP TABLE",
    "::TEXT",
];

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn no_engine_has_words_of_its_own_here() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&sources);
    assert!(files.len() > 20, "{files:?}");
    for file in files.iter().filter(|file| !file.ends_with("sqlite.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n").to_uppercase();
        for word in FORBIDDEN {
            assert!(!code.contains(word), "{word} stands in {}", file.display());
        }
        assert!(
            !code.contains("VALUES (?"),
            "placeholders are $n: {}",
            file.display()
        );
    }
}

#[test]
fn every_migration_has_a_number_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut numbers = BTreeMap::new();
    for file in rust_files(&folder) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let number = name.split('_').next().unwrap().to_owned();
        let other = numbers.insert(number, name.clone());
        assert_eq!(other, None, "{name} has its number, and no database opens");
    }
}

#[test]
fn every_table_has_its_organisation_and_portable_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let files = rust_files(&folder);
    assert!(files.len() >= 12, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let columns = text
            .lines()
            .filter(|line| line.starts_with("    ") && !line.contains("WHERE"));
        for column in columns {
            let kind = column.split_whitespace().nth(1).unwrap_or_default();
            let is_key = column.contains("PRIMARY KEY (") || column.contains("UNIQUE (");
            let is_portable = ["TEXT", "TEXT,", "BIGINT", "BIGINT,", "BLOB", "BLOB,"].contains(&kind);
            let is_sequence = column.contains("INTEGER PRIMARY KEY AUTOINCREMENT");
            assert!(
                is_key || is_portable || is_sequence,
                "{}: {column}",
                file.display()
            );
        }
        let has_organization = text.contains("organization_id") || text.contains("TABLE organization ");
        // What alters a table alters one that has it.
        let makes_a_table = text.contains("CREATE TABLE");
        assert!(
            has_organization || !makes_a_table,
            "{} has no organisation",
            file.display()
        );
    }
}
