//! `cargo xtask lint`: formatting, house rules, clippy and documentation, in the order of how fast they
//! answer.

use crate::process::{cargo, run as run_command};
use crate::tidy;
use crate::workspace::Workspace;
use anyhow::Result;

/// Runs all four; the first that fails ends the task.
pub fn run(workspace: &Workspace) -> Result<()> {
    run_command(
        cargo()
            .args(["fmt", "--all", "--check"])
            .current_dir(workspace.root()),
    )?;
    tidy::run(workspace)?;
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ];
    run_command(cargo().args(clippy).current_dir(workspace.root()))?;
    let mut doc = cargo();
    doc.args(["doc", "--quiet", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "--deny warnings");
    run_command(doc.current_dir(workspace.root()))
}
