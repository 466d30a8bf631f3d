//! Unit tests of pure crates as code for Apple silicon, under an emulator of the processor: what they
//! compute there must be what they compute here. `macos/emulator` holds the loader and its limits.

use super::cargo::CrossCargo;
use super::{AGENT, TARGET};
use crate::process;
use crate::wheel::Wheel;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

const UNICORN: Wheel = Wheel {
    package: "unicorn",
    version: "2.1.4",
    sha256: "9d6e6dea140560de4ebd8446661f7ef84a357d428c14a3ef09dacd306ec8c239",
};

/// The one rule that is held against files in a folder, which the emulator does not list.
const OF_FILES: &str = "--skip=the_laws_hold_of_every_file_of_the_corpus";

/// Tests without files, sockets, threads and caught panics, as a crate and cargo's flags for them.
const PURE_TESTS: &[(&str, &[&str])] = &[
    ("trust", &["--lib", "--test", "rules", "--", OF_FILES]),
    ("wire", &["--lib", "--tests"]),
];

/// Cases of each property test: the emulator takes some hundred times as long as the processor.
const PROPERTY_CASES: &str = "8";

/// The emulator, ready to run programs.
pub struct Emulator {
    python: String,
    loader: String,
    modules: String,
}

impl Emulator {
    /// The emulator under `cache`, fetched when it is not there.
    pub fn prepare(workspace: &Workspace, cache: &Path) -> Result<Self> {
        let modules = cache.join(format!("unicorn-{}", UNICORN.version));
        UNICORN.unpack(&["unicorn/"], &modules)?;
        let which = ["-c", "import sys; print(sys.executable, end='')"];
        Ok(Self {
            python: process::output(process::command("python3").args(which))?,
            loader: workspace
                .root()
                .join("macos/emulator/run.py")
                .display()
                .to_string(),
            modules: modules.display().to_string(),
        })
    }

    /// Runs the pure tests of those of `crates` that have some.
    pub fn test(&self, cross: &CrossCargo, crates: &[&str]) -> Result<()> {
        let runner = format!("target.{TARGET}.runner=['{}', '{}']", self.python, self.loader);
        for (package, targets) in PURE_TESTS.iter().filter(|(package, _)| crates.contains(package)) {
            let mut cargo = cross.command("test");
            cargo
                .args(["--config", &runner, "--package", package])
                .args(*targets);
            process::run(self.set_up(&mut cargo))?;
        }
        Ok(())
    }

    /// Runs the linked agent far enough to say what it is.
    pub fn start_agent(&self, cross: &CrossCargo) -> Result<()> {
        let mut python = process::command(&self.python);
        python
            .arg(&self.loader)
            .arg(cross.program(AGENT.1))
            .arg("--version");
        process::run(self.set_up(&mut python))
    }

    fn set_up<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("PYTHONPATH", &self.modules)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PROPTEST_CASES", PROPERTY_CASES)
            .env("RUST_TEST_THREADS", "1")
            // A test that fails cannot unwind to where libtest would print what it captured.
            .env("RUST_TEST_NOCAPTURE", "1")
    }
}
