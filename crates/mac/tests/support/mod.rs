//! A root folder with shell scripts in the places of Apple's tools.

use std::path::{Path, PathBuf};
use std::process::Command;

use mac::{ProcessRunner, Tool};
use tempfile::TempDir;

/// A folder that stands for the root of a Mac.
pub struct FakeMac {
    folder: TempDir,
}

impl FakeMac {
    /// A root in which this tool is this script.
    pub fn with(tool: Tool, script: &str) -> Self {
        let mac = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let place = mac.root().join(tool.path().trim_start_matches('/'));
        let body = mac.note("script");
        std::fs::write(&body, format!("#!/bin/sh\n{script}")).expect("a script");
        // Another process makes the file: were it open for writing here while another test forks, it could not be
        // executed.
        let made = command("install")
            .args(["-D", "-m", "755"])
            .arg(body)
            .arg(place)
            .status();
        assert!(made.expect("install runs").success());
        mac
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A file in which a script can leave something: it sees the folder as `$NOTES`.
    pub fn note(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// What a script has left in a file.
    pub fn read_note(&self, name: &str) -> String {
        std::fs::read_to_string(self.note(name)).expect("a note")
    }

    /// A runner of the scripts.
    pub fn runner(&self) -> ProcessRunner {
        ProcessRunner::new(self.root()).set_env("NOTES", self.root())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the harness makes files that a forking test must not hold open"
)]
pub fn command(program: &str) -> Command {
    Command::new(program)
}
