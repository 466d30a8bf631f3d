//! `cargo xtask screenshots FOLDER`: pictures of every page of the console in every state, light and dark, at three widths.
//! The browser test that looks at them for faults takes them on its way.

use crate::process;
use crate::test;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::path::{Path, absolute};

/// The test that walks through the pages.
const WALK: &str = "every_page_can_be_read_at_every_width_in_light_and_dark";

/// Takes the pictures. They are called after page, width and scheme, such as `manage-360-dark.png`.
pub fn run(workspace: &Workspace, folder: &Path) -> Result<()> {
    test::require()?;
    let folder = absolute(folder).with_context(|| format!("find {}", folder.display()))?;
    let mut cargo = process::cargo();
    cargo
        .args(["test", "--package", "bestow", "--test", "browser", WALK])
        .current_dir(workspace.root())
        .env("BESTOW_SCREENSHOTS", &folder);
    process::run(&mut cargo)?;
    println!("The pictures are in {}", folder.display());
    Ok(())
}
