//! std for macOS, built once from Debian's source package and then used like a shipped one.
//!
//! Built apart, so that our own crates compile as ordinary stable code: `RUSTC_BOOTSTRAP` is set here and
//! nowhere else.

use super::TARGET;
use super::cargo::clean;
use super::packages::{self, CARGO};
use crate::process;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What std itself is built from; `proc_macro` and `test` are what libtest needs.
const PARTS: &str = "-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test";

/// The flags with which the Rust project builds the std that it ships for macOS.
const FLAGS: &str = "-Cembed-bitcode=yes -Cforce-frame-pointers=yes";

/// The crate whose dependency is std; it is empty.
const SHELL_MANIFEST: &str = "[package]\nname = \"shell\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";

/// The sysroot under `cache`, built anew when it was not made by `compiler`.
pub fn build(cache: &Path, compiler: &str) -> Result<PathBuf> {
    let sysroot = cache.join("sysroot");
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let stamp = sysroot.join("compiler.txt");
    if fs::read_to_string(&stamp).is_ok_and(|made_by| made_by == compiler) {
        return Ok(sysroot);
    }
    println!("macos-check: builds std for {TARGET} with {compiler}");
    let scratch = cache.join("std-build");
    fs::remove_dir_all(&sysroot).or_else(ignore_absent)?;
    fs::remove_dir_all(&scratch).or_else(ignore_absent)?;
    build_std(&scratch)?;
    fs::create_dir_all(&libraries).with_context(|| format!("make {}", libraries.display()))?;
    keep_libraries(
        &scratch.join("target").join(TARGET).join("release/deps"),
        &libraries,
    )?;
    fs::remove_dir_all(&scratch).context("remove the std build")?;
    fs::write(&stamp, compiler).context("note which compiler made std")?;
    Ok(sysroot)
}

fn build_std(scratch: &Path) -> Result<()> {
    let vendored = packages::std_source()?.join("library/vendor");
    fs::create_dir_all(scratch.join("src")).with_context(|| format!("make {}", scratch.display()))?;
    fs::write(scratch.join("src/lib.rs"), "").context("write the shell crate")?;
    fs::write(
        scratch.join("Cargo.toml"),
        format!("{SHELL_MANIFEST}\n[workspace]\n"),
    )
    .context("write its manifest")?;
    let mut cargo = clean(CARGO);
    cargo
        .args([
            "build",
            "--quiet",
            "--release",
            "--offline",
            PARTS,
            "--target",
            TARGET,
        ])
        .args(["--config", "source.crates-io.replace-with='vendored'"])
        .args([
            "--config",
            &format!("source.vendored.directory='{}'", vendored.display()),
        ])
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS);
    process::run(&mut cargo)
}

fn keep_libraries(built: &Path, libraries: &Path) -> Result<()> {
    let entries = fs::read_dir(built).with_context(|| format!("list {}", built.display()))?;
    for entry in entries {
        let path = entry.context("list std's libraries")?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("lib") && name.ends_with(".rlib") && !name.starts_with("libshell-") {
            fs::rename(&path, libraries.join(&name)).with_context(|| format!("keep {name}"))?;
        }
    }
    Ok(())
}

fn ignore_absent(error: std::io::Error) -> Result<()> {
    match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error.into()),
    }
}
