//! The pages in `docs/recovery` say what is told of each branch. `UPDATE_PAGES=1 cargo test -p trust --test recovery` writes
//! them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use trust::recovery::{Standing, WayBack, recovery};

use crate::branches::{Branch, all};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/recovery")
}

fn page(branch: &Branch) -> String {
    let found = recovery(&branch.mac);
    let mut text = format!("# {}\n\n{}\n", branch.title, found.need.sentence());
    let closed: Vec<&WayBack> = found
        .ways
        .iter()
        .filter(|way| way.standing == Standing::Closed)
        .collect();
    for way in &found.ways[..found.ways.len() - closed.len()] {
        text.push_str(&open(way));
    }
    text.push_str("\n## Closed ways\n");
    for way in closed {
        text.push_str(&format!("- **{}.** {}\n", way.way.label(), way.because));
    }
    text
}

fn open(way: &WayBack) -> String {
    let guide = way.guide.as_ref().unwrap();
    let mut text = format!(
        "\n## {} ({})\n\n{}\n",
        way.way.label(),
        way.standing.label(),
        way.because
    );
    let lists = [
        ("Not known:", &way.unknowns),
        ("At hand before it begins:", &guide.needs),
    ];
    for (title, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        text.push_str(&format!("\n{title}\n"));
        items
            .iter()
            .for_each(|item| text.push_str(&format!("- {item}\n")));
    }
    text.push_str(if guide.at_the_mac {
        "\nAt the Mac:\n"
    } else {
        "\nFrom afar:\n"
    });
    for (number, step) in (1..).zip(&guide.steps) {
        text.push_str(&format!("{number}. {step}\n"));
    }
    text
}

fn index(branches: &[Branch]) -> String {
    let mut text = String::from(
        "# Ways back\n\nWhat a Mac's own page in the console, `bestow recovery` and the API tell when nobody on it can hand a \
         Secure Token on, for one Mac of each branch. The names of the accounts are examples.\n\n",
    );
    for branch in branches {
        text.push_str(&format!("- [{}]({}.md)\n", branch.title, branch.name));
    }
    text
}

#[test]
fn the_pages_say_what_is_told() {
    let branches = all();
    let mut pages: Vec<(String, String)> = branches
        .iter()
        .map(|branch| (format!("{}.md", branch.name), page(branch)))
        .collect();
    pages.push(("README.md".to_owned(), index(&branches)));
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::create_dir_all(folder()).unwrap();
        for (name, text) in &pages {
            fs::write(folder().join(name), text).unwrap();
        }
    }
    for (name, text) in &pages {
        let on_disk = fs::read_to_string(folder().join(name)).unwrap_or_default();
        assert_eq!(
            &on_disk, text,
            "docs/recovery/{name} is out of step; run with UPDATE_PAGES=1"
        );
    }
    let expected: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        found, expected,
        "a page without a branch, or a branch without a page"
    );
}
