//! What developers and continuous integration run: `cargo xtask --help` lists it.
//!
//! The tasks install what they need on a Debian machine, say what they do, and exit non-zero when
//! anything is not as it should be. This crate builds before all others and on every fresh machine, so
//! it stays small; it knows the names and the order of our crates and must never depend on one of them.

mod debian;
mod deny;
mod dist;
mod lint;
mod macos;
mod process;
mod screenshots;
mod test;
mod tidy;
mod wheel;
mod workspace;

use anyhow::Result;
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use workspace::Workspace;

/// Developer tasks of Bestow.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Run every test of the workspace and end with the line `N passed, N failed`.
    Test {
        /// Arguments for `cargo test`, in place of `--workspace`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Take pictures of every page of the console, light and dark, at three widths.
    Screenshots {
        /// Where they go; the folder is made if it is not there.
        folder: PathBuf,
    },
    /// Check formatting, house rules, clippy and documentation.
    Lint,
    /// Check the house rules that neither rustfmt nor clippy knows.
    Tidy,
    /// Check licences, banned crates, sources and advisories of all dependencies.
    Deny,
    /// Build the program as it is handed out: one static file, with its checksum.
    Dist {
        /// Where it goes; the folder is made if it is not there.
        folder: PathBuf,
        /// Build it a second time at another place, and fail unless both are the same bytes.
        #[arg(long)]
        verify: bool,
    },
    /// Type-check, lint and link the agent for macOS on a Debian machine.
    MacosCheck {
        /// Stop after the type-check: neither link the agent nor run tests under the emulator.
        #[arg(long)]
        no_link: bool,
    },
}

fn main() -> ExitCode {
    match perform(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    let workspace = Workspace::here()?;
    match task {
        Task::Test { arguments } => test::run(&workspace, &arguments),
        Task::Screenshots { folder } => screenshots::run(&workspace, &folder),
        Task::Lint => lint::run(&workspace),
        Task::Tidy => tidy::run(&workspace),
        Task::Deny => deny::run(&workspace),
        Task::Dist { folder, verify } => dist::run(&workspace, &folder, verify),
        Task::MacosCheck { no_link } => macos::run(&workspace, no_link),
    }
}
