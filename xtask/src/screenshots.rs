//! `cargo xtask screenshots FOLDER`: pictures of every page of the console in every state, light and dark, at three widths, and of
//! the app for the person at the screen. The tests that look at them for faults take them on their way.

use crate::process;
use crate::test;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::path::{Path, absolute};

/// The tests that take pictures: crate, test program, and which of its tests.
const WALKS: [[&str; 3]; 2] = [
    [
        "bestow",
        "browser",
        "every_page_can_be_read_at_every_width_in_light_and_dark",
    ],
    ["utility", "screen", "walks"],
];

/// Takes the pictures. They are called after page, width and scheme, such as `manage-320-dark.png`.
pub fn run(workspace: &Workspace, folder: &Path) -> Result<()> {
    test::require()?;
    let folder = absolute(folder).with_context(|| format!("find {}", folder.display()))?;
    for [package, program, tests] in WALKS {
        let mut cargo = process::cargo();
        cargo
            .args(["test", "--package", package, "--test", program, tests])
            .current_dir(workspace.root())
            .env("BESTOW_SCREENSHOTS", &folder);
        process::run(&mut cargo)?;
    }
    println!("The pictures are in {}", folder.display());
    Ok(())
}
