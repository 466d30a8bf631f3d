//! Being many programs in one file: which one is decided by the name it is called by.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::tools::Tool;
use crate::{cli, front};

/// What to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The `macsim` command.
    Cli,
    /// One of Apple's tools.
    Tool(Tool),
}

/// The program of this name (the last part of `argv[0]`), if it is one of the simulator's. A program that
/// carries the simulator asks this first, with its own name, and otherwise is itself.
#[must_use]
pub fn program(name: &str) -> Option<Program> {
    if name == "macsim" {
        Some(Program::Cli)
    } else {
        Tool::named(name).map(Program::Tool)
    }
}

impl Program {
    /// Runs to the end. `argv` is the whole argument vector, the name included.
    #[must_use]
    pub fn run(self, argv: impl IntoIterator<Item = OsString>) -> ExitCode {
        let argv: Vec<OsString> = argv.into_iter().collect();
        match self {
            Self::Cli => cli::run(&argv),
            Self::Tool(tool) => front::run_tool(tool, &argv),
        }
    }
}
