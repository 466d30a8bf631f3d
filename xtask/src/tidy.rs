//! `cargo xtask tidy`: house rules that neither rustfmt nor clippy knows.
//!
//! Each rule stands in a file of its own, looks at one file's text (or at the manifests), and answers
//! with breaches; nothing is ever changed.

mod code;
mod header;
mod layering;
mod length;
mod links;
mod markers;
mod schemas;
mod traces;

use crate::workspace::{SourceFile, Workspace};
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::fmt;

/// One place where a rule is broken.
#[derive(Debug, PartialEq)]
pub struct Breach {
    path: String,
    line: Option<usize>,
    what: String,
}

impl Breach {
    fn in_file(path: &str, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            what: what.into(),
        }
    }

    /// `line` counts from one.
    fn at_line(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: Some(line),
            what: what.into(),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.what),
            None => write!(f, "{}: {}", self.path, self.what),
        }
    }
}

/// Checks the work tree; prints every breach and the spread of file lengths.
pub fn run(workspace: &Workspace) -> Result<()> {
    let files = workspace.files()?;
    let mut breaches = check_files(&files, &workspace.paths()?);
    breaches.extend(layering::check(&workspace.crates()?));
    println!("tidy: {}", length::report(&files));
    for breach in &breaches {
        println!("{breach}");
    }
    match breaches.len() {
        0 => Ok(()),
        count => bail!("tidy: {count} breaches of house rules"),
    }
}

fn check_files(files: &[SourceFile], paths: &[String]) -> Vec<Breach> {
    let paths: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
    let mut breaches = Vec::new();
    let mut schemas = schemas::Names::default();
    for SourceFile { path, text } in files {
        breaches.extend(traces::check(path, text));
        if path.ends_with(".rs") {
            breaches.extend(length::check(path, text));
            breaches.extend(header::check(path, text));
            let code = code::only(text);
            breaches.extend(markers::check(path, &code));
            breaches.extend(schemas.add(path, &code));
        }
        if path.ends_with(".md") {
            breaches.extend(links::check(path, text, &paths));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = "//! A schema.\n\n#[derive(ToSchema)]\nstruct One;\n";

    #[test]
    fn every_rule_is_asked() {
        let file = |path: &str, text: &str| SourceFile {
            path: path.into(),
            text: text.into(),
        };
        let files = [
            file("crates/trust/src/lib.rs", "fn f() { todo!() }\n"),
            file("crates/trust/src/long.rs", &"\n".repeat(601)),
            file("crates/trust/src/x.rs", SCHEMA),
            file("crates/trust/src/y.rs", SCHEMA),
            file("README.md", "[gone](docs/gone.md)\n"),
            file("notes.txt", concat!("built in /wo", "rk/main\n")),
        ];
        let paths = files.each_ref().map(|file| file.path.clone());
        let mut found: Vec<String> = check_files(&files, &paths)
            .iter()
            .map(Breach::to_string)
            .collect();
        found.sort();
        let places: Vec<&str> = found
            .iter()
            .map(|breach| breach.split(": ").next().unwrap_or_default())
            .collect();
        assert_eq!(
            places,
            [
                "README.md:1",
                "crates/trust/src/lib.rs",
                "crates/trust/src/lib.rs:1",
                "crates/trust/src/long.rs",
                "crates/trust/src/y.rs:4",
                "notes.txt:1"
            ]
        );
    }

    #[test]
    fn a_breach_names_its_place() {
        assert_eq!(Breach::at_line("a.rs", 3, "no").to_string(), "a.rs:3: no");
        assert_eq!(Breach::in_file("a.rs", "no").to_string(), "a.rs: no");
    }
}
