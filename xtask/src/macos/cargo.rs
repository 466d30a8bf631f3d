//! Debian's cargo, set up to build for macOS.

use super::packages::{ARCHIVER, CARGO, CARGO_CLIPPY, CLANG, LINKER, RUSTC};
use super::{DEPLOYMENT_TARGET, SDK_VERSION, TARGET};
use crate::process;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Variables that pass from the environment of this task to the cross build. Everything else stays out:
/// the task itself runs under another toolchain, whose variables would reach Debian's compiler.
const PASSED_ON: &[&str] = &[
    "CARGO_HOME",
    "CARGO_HTTP_CAINFO",
    "CARGO_HTTP_PROXY",
    "CARGO_TERM_COLOR",
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "TERM",
    "https_proxy",
    "http_proxy",
    "no_proxy",
];

/// Separates flags in `CARGO_ENCODED_RUSTFLAGS`, which unlike spaces never stands in a path.
const FLAG_SEPARATOR: &str = "\u{1f}";

/// A cargo for [`TARGET`], with std, SDK and a target folder of its own.
pub struct CrossCargo {
    root: PathBuf,
    target_dir: PathBuf,
    sysroot: PathBuf,
    sdk: PathBuf,
}

impl CrossCargo {
    /// A cargo that builds `workspace` against std in `sysroot` and the libraries in `sdk`.
    pub fn new(workspace: &Workspace, sysroot: PathBuf, sdk: PathBuf) -> Self {
        // Its own folder: in a shared one the two compilers would rebuild each other's build scripts.
        let target_dir = workspace.target().join("mac");
        Self {
            root: workspace.root().to_owned(),
            target_dir,
            sysroot,
            sdk,
        }
    }

    /// `cargo SUBCOMMAND --target …` in the release profile, which is the one that is linked: build
    /// scripts and procedural macros are then built once for all subcommands.
    pub fn command(&self, subcommand: &str) -> Command {
        let flags = [
            "--sysroot".to_owned(),
            self.sysroot.display().to_string(),
            "-Clink-args=-platform_version".to_owned(),
            "-Clink-args=macos".to_owned(),
            format!("-Clink-args={DEPLOYMENT_TARGET}"),
            format!("-Clink-args={SDK_VERSION}"),
            // All missing symbols at once, not the first twenty.
            "-Clink-args=--error-limit=0".to_owned(),
        ];
        let program = if subcommand == "clippy" {
            CARGO_CLIPPY
        } else {
            CARGO
        };
        let mut cargo = clean(program);
        cargo
            .args([subcommand, "--locked", "--release", "--target", TARGET])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target_dir)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join(FLAG_SEPARATOR))
            .env("CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER", LINKER)
            .env("CC_aarch64_apple_darwin", CLANG)
            .env("AR_aarch64_apple_darwin", ARCHIVER)
            .env("CFLAGS_aarch64_apple_darwin", self.c_flags())
            .env("SDKROOT", &self.sdk)
            .env("MACOSX_DEPLOYMENT_TARGET", DEPLOYMENT_TARGET);
        cargo
    }

    /// Runs clippy on `crates`, which type-checks them on the way; `targets` are cargo's flags for what of
    /// them, libraries and programs when empty.
    pub fn clippy(&self, crates: &[&str], targets: &[&str], deny_warnings: bool) -> Result<()> {
        if crates.is_empty() {
            return Ok(());
        }
        let mut cargo = self.command("clippy");
        cargo
            .args(targets)
            .args(crates.iter().flat_map(|name| ["--package", name]));
        if deny_warnings {
            cargo.args(["--", "--deny", "warnings"]);
        }
        process::run(&mut cargo)
    }

    /// Where a linked program named `name` lies.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target_dir.join(TARGET).join("release").join(name)
    }

    fn c_flags(&self) -> String {
        format!(
            "--target=arm64-apple-macos{DEPLOYMENT_TARGET} -isysroot {}",
            self.sdk.display()
        )
    }
}

/// A command of Debian's Rust with nothing of this task's own toolchain in its environment.
pub fn clean(program: impl AsRef<Path>) -> Command {
    let mut command = process::command(program.as_ref());
    command.env_clear();
    command.envs(
        PASSED_ON
            .iter()
            .filter_map(|name| Some((name, std::env::var_os(name)?))),
    );
    command
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("RUSTC", RUSTC)
        .env("CARGO", CARGO);
    command
}
