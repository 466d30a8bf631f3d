//! Where the workspace is, where its build products go, and what cargo knows about its crates.

use crate::process;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The workspace that the tasks work on.
pub struct Workspace {
    root: PathBuf,
}

/// One crate of the workspace.
#[derive(Debug, PartialEq)]
pub struct Crate {
    /// Name in its manifest.
    pub name: String,
    /// What its manifest depends on.
    pub dependencies: Vec<Dependency>,
    /// Its binaries, by name.
    pub binaries: Vec<String>,
}

/// One line of a manifest's dependencies.
#[derive(Debug, PartialEq)]
pub struct Dependency {
    /// Name of the package that is depended on.
    pub name: String,
    /// Whether only tests, examples and benchmarks see it.
    pub for_tests: bool,
}

impl Workspace {
    /// The workspace of which this program is a member.
    pub fn here() -> Result<Self> {
        // cargo sets it for `cargo run`; a program started by hand falls back on where it was built.
        let manifest =
            std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest)
            .parent()
            .context("xtask stands in a folder of the workspace")?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// The folder of the root manifest.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder for build products, as cargo chooses it.
    pub fn target(&self) -> PathBuf {
        let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        self.root.join(target)
    }

    /// The crates of the workspace, sorted by name.
    pub fn crates(&self) -> Result<Vec<Crate>> {
        let arguments = ["metadata", "--no-deps", "--format-version", "1"];
        let printed = process::output(process::cargo().args(arguments).current_dir(&self.root))?;
        crates_from_metadata(&printed)
    }

    /// Text files that git tracks or would track, relative to the root, sorted; those that were deleted
    /// from the work tree and those that are not UTF-8 are left out.
    pub fn files(&self) -> Result<Vec<SourceFile>> {
        let read = |path: String| {
            let text = std::fs::read_to_string(self.root.join(&path)).ok()?;
            Some(SourceFile { path, text })
        };
        Ok(self.paths()?.into_iter().filter_map(read).collect())
    }

    /// The path of every file that git tracks or would track, relative to the root, sorted.
    pub fn paths(&self) -> Result<Vec<String>> {
        let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let printed = process::output(process::command("git").args(arguments).current_dir(&self.root))?;
        let mut paths: Vec<String> = printed.split_terminator('\0').map(str::to_owned).collect();
        paths.sort_unstable();
        paths.dedup();
        Ok(paths)
    }
}

/// A text file of the work tree.
pub struct SourceFile {
    /// Path relative to the workspace's root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

fn crates_from_metadata(metadata: &str) -> Result<Vec<Crate>> {
    let metadata: Value = serde_json::from_str(metadata).context("read what cargo metadata printed")?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists packages")?;
    let mut crates: Vec<Crate> = packages.iter().map(crate_from_package).collect();
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(crates)
}

fn crate_from_package(package: &Value) -> Crate {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let is_binary = |target: &&Value| items(&target["kind"]).iter().any(|kind| kind == "bin");
    Crate {
        name: text(&package["name"]),
        dependencies: items(&package["dependencies"])
            .iter()
            .map(|line| Dependency {
                name: text(&line["name"]),
                for_tests: line["kind"] == "dev",
            })
            .collect(),
        binaries: items(&package["targets"])
            .iter()
            .filter(is_binary)
            .map(|bin| text(&bin["name"]))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_gives_names_dependencies_and_binaries() {
        let metadata = r#"{"packages": [{
            "name": "agent",
            "dependencies": [{"name": "trust", "kind": null}, {"name": "macsim", "kind": "dev"}],
            "targets": [{"name": "agent", "kind": ["lib"]}, {"name": "bestow-agent", "kind": ["bin"]}]
        }]}"#;
        let expected = Crate {
            name: "agent".into(),
            dependencies: vec![
                Dependency {
                    name: "trust".into(),
                    for_tests: false,
                },
                Dependency {
                    name: "macsim".into(),
                    for_tests: true,
                },
            ],
            binaries: vec!["bestow-agent".into()],
        };
        assert_eq!(crates_from_metadata(metadata).unwrap(), [expected]);
    }

    #[test]
    fn this_workspace_lists_this_crate() {
        let crates = Workspace::here().unwrap().crates().unwrap();
        let names: Vec<_> = crates.iter().map(|found| found.name.as_str()).collect();
        assert!(names.contains(&"xtask"), "{names:?}");
    }
}
