//! The pages in `docs/codes` say what the catalogue says. `UPDATE_PAGES=1 cargo test -p trust --test code_pages` writes them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use trust::code::{Code, Kind};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes")
}

fn page(code: Code) -> String {
    let entry = code.entry();
    let heading = entry
        .heading
        .map(|heading| format!("*{heading}*\n\n"))
        .unwrap_or_default();
    format!(
        "# `{code}`\n\n{heading}**{}**\n\n## Cause\n{}\n\n## Fix\n{}\n\n## What Bestow does\n{}\n",
        entry.title, entry.cause, entry.fix, entry.bestow
    )
}

fn index() -> String {
    let mut text = String::from(
        "# Codes\n\nEvery end of an action and every refusal has a stable code. `bestow explain CODE` prints its page.\n",
    );
    for (kind, title) in [
        (Kind::Success, "Good ends"),
        (Kind::Precondition, "What stands in the way on the Mac"),
        (Kind::Finding, "What a diagnosis finds"),
        (Kind::Failure, "Tried, and it did not come about"),
        (Kind::Request, "Requests that cannot be served"),
    ] {
        text.push_str(&format!("\n## {title}\n"));
        for &code in Code::ALL.iter().filter(|code| code.entry().kind == kind) {
            text.push_str(&format!("- [`{code}`]({code}.md): {}\n", code.entry().title));
        }
    }
    text
}

#[test]
fn the_pages_say_what_the_catalogue_says() {
    let mut pages: Vec<(String, String)> = Code::ALL
        .iter()
        .map(|&code| (format!("{code}.md"), page(code)))
        .collect();
    pages.push(("README.md".to_owned(), index()));
    if std::env::var_os("UPDATE_PAGES").is_some() {
        for (name, text) in &pages {
            fs::write(folder().join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let on_disk = fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert_eq!(
            &on_disk, text,
            "docs/codes/{name} is out of step; run with UPDATE_PAGES=1"
        );
    }
    let expected: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, expected, "a page without a code, or a code without a page");
}
