//! `cargo xtask dist FOLDER`: the `bestow` program as it is handed out: one static file for Linux, the same bytes wherever it
//! is built from the same sources by the same toolchain.

use crate::process::{self, command};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::fs;
use std::path::{Path, PathBuf, absolute};

const PROGRAM: &str = "bestow";

/// The profile of what is handed out, and the folder in which cargo puts it.
const PROFILE: &str = "dist";

/// Builds the program into `folder`, with `SHA256SUMS` beside it. With `verify`, builds the last commit again at another
/// place and compares byte for byte.
pub fn run(workspace: &Workspace, folder: &Path, verify: bool) -> Result<()> {
    let root = workspace.root();
    let folder = absolute(folder).with_context(|| format!("find {}", folder.display()))?;
    fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    if verify {
        let changed = process::output(command("git").args(["status", "--porcelain"]).current_dir(root))?;
        ensure!(
            changed.is_empty(),
            "--verify builds the last commit a second time; commit or stash first:\n{changed}"
        );
    }
    let scratch = folder.join("build");
    let built = build(root, &scratch.join("here"))?;
    require_static(&built)?;
    if verify {
        let elsewhere = scratch.join("some/other/place");
        let again = with_checkout(root, &elsewhere, || build(&elsewhere, &scratch.join("there")))?;
        let same = fs::read(&built)? == fs::read(&again)?;
        ensure!(
            same,
            "two builds of the same commit differ: compare {} and {}",
            built.display(),
            again.display()
        );
        println!("Built twice, at two places: the same bytes.");
    }
    let name = format!(
        "{PROGRAM}-{}-{}-linux",
        env!("CARGO_PKG_VERSION"),
        env::consts::ARCH
    );
    fs::copy(&built, folder.join(&name)).with_context(|| format!("copy {}", built.display()))?;
    let sum = process::output(command("sha256sum").arg(&name).current_dir(&folder))?;
    fs::write(folder.join("SHA256SUMS"), &sum)?;
    fs::remove_dir_all(&scratch)?;
    print!("{sum}");
    println!("The program is in {}", folder.display());
    Ok(())
}

/// Builds the sources below `root` and returns where the program is.
fn build(root: &Path, target_dir: &Path) -> Result<PathBuf> {
    let target = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let cargo_home = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => {
            PathBuf::from(env::var_os("HOME").context("neither CARGO_HOME nor HOME is set")?).join(".cargo")
        }
    };
    // No path of the building machine gets into the program: neither from Rust's panics nor from SQLite's sources.
    let names = [
        (root, "/bestow"),
        (cargo_home.as_path(), "/cargo"),
        (target_dir, "/target"),
    ];
    let rust = names.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    let c = names.map(|(path, name)| format!("-ffile-prefix-map={}={name}", path.display()));
    // The target is named so that build scripts and macros, which cannot be static, are built without these flags.
    process::run(
        process::cargo()
            .args([
                "build",
                "--profile",
                PROFILE,
                "--locked",
                "--package",
                PROGRAM,
                "--bin",
                PROGRAM,
            ])
            .args(["--target", &target])
            .arg("--target-dir")
            .arg(target_dir)
            .current_dir(root)
            .env(
                "RUSTFLAGS",
                format!("-C target-feature=+crt-static {}", rust.join(" ")),
            )
            .env("CFLAGS", c.join(" "))
            .env("CARGO_INCREMENTAL", "0"),
    )?;
    Ok(target_dir.join(target).join(PROFILE).join(PROGRAM))
}

/// Fails when the program asks for a loader or a shared library.
fn require_static(program: &Path) -> Result<()> {
    let mut readelf = command("readelf");
    let said = process::output(
        readelf
            .args(["--wide", "--program-headers", "--dynamic"])
            .arg(program),
    )?;
    match said
        .lines()
        .find(|line| line.contains("INTERP") || line.contains("(NEEDED)"))
    {
        Some(line) => bail!("{} is not static: {}", program.display(), line.trim()),
        None => Ok(()),
    }
}

/// Runs `work` while the last commit is checked out at `place`.
fn with_checkout<T>(root: &Path, place: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let mut add = command("git");
    process::run(
        add.args(["worktree", "add", "--detach"])
            .arg(place)
            .current_dir(root),
    )?;
    let done = work();
    let mut remove = command("git");
    process::run(
        remove
            .args(["worktree", "remove", "--force"])
            .arg(place)
            .current_dir(root),
    )?;
    done
}
