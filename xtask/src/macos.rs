//! `cargo xtask macos-check`: the crates that run on a Mac, type-checked, linted and linked for macOS on a
//! Debian machine. How it works and what it proves: `docs/macos-build.md`.

mod binary;
mod cargo;
mod emulator;
mod libraries;
mod packages;
mod plugin;
mod sdk;
mod sysroot;

use crate::workspace::{Crate, Workspace};
use anyhow::Result;
use cargo::CrossCargo;
use emulator::Emulator;
use std::path::PathBuf;

/// The crates that run on a Mac. Nothing else in this task lists them.
const CRATES: &[&str] = &[
    "trust",
    "password-policy",
    "wire",
    "mac",
    "mac-sys",
    "login-handover",
    "login-plugin",
    "utility-protocol",
    "agent",
    "utility",
];

/// Of these, the ones whose own tests contain code for macOS only: their tests are type-checked too.
const CRATES_WITH_MACOS_TESTS: &[&str] = &["mac-sys", "login-plugin"];

/// The crate of the agent's daemon, and the name of its program.
const AGENT: (&str, &str) = ("agent", "bestow-agent");

/// The crate of the login plug-in, and the name of its library.
const PLUGIN: (&str, &str) = ("login-plugin", "liblogin_plugin.dylib");

/// What rustc calls the machine that all of this is built for: a Mac with Apple silicon.
const TARGET: &str = "aarch64-apple-darwin";

/// The oldest macOS with a Mac like that.
const DEPLOYMENT_TARGET: &str = "11.0";

/// The SDK that the programs say they were linked with; AppKit and others change their ways by it.
const SDK_VERSION: &str = "15.0";

/// Where the cross toolchain is kept between runs: std, the stub SDK, the emulator.
fn cache(workspace: &Workspace) -> PathBuf {
    workspace.root().join(".xmac")
}

/// Checks all of [`CRATES`] that exist; then, unless `no_link`, links the agent and the login
/// plug-in and runs what can be run.
pub fn run(workspace: &Workspace, no_link: bool) -> Result<()> {
    packages::install()?;
    let all = workspace.crates()?;
    let ours = present(&all, CRATES);
    for missing in CRATES.iter().filter(|name| !ours.contains(name)) {
        println!("macos-check: skips `{missing}`, which does not exist yet");
    }
    let cache = cache(workspace);
    let compiler = packages::compiler_version()?;
    let sysroot = sysroot::build(&cache, &compiler)?;
    let sdk = sdk::lay_out(&cache, &libraries::read(workspace)?)?;
    let cross = CrossCargo::new(workspace, sysroot, sdk);
    lint(&cross, &ours, &compiler)?;
    if no_link {
        return Ok(());
    }
    let emulator = Emulator::prepare(workspace, &cache)?;
    let (package, program) = AGENT;
    if all
        .iter()
        .any(|found| found.name == package && found.binaries.iter().any(|name| name == program))
    {
        binary::link_and_judge(workspace, &cross)?;
        emulator.start_agent(&cross)?;
    } else {
        println!("macos-check: links nothing, crate `{package}` has no program `{program}` yet");
    }
    plugin::link_and_judge(&cross)?;
    emulator.test(&cross, &ours)
}

fn lint(cross: &CrossCargo, crates: &[&'static str], compiler: &str) -> Result<()> {
    let (with_tests, without): (Vec<_>, Vec<_>) = crates
        .iter()
        .partition(|name| CRATES_WITH_MACOS_TESTS.contains(name));
    let deny = packages::warnings_are_errors(compiler);
    if !deny {
        println!("macos-check: warnings are only shown, Debian's compiler is newer than the one we know");
    }
    cross.clippy(&without, &[], deny)?;
    cross.clippy(&with_tests, &["--all-targets"], deny)
}

fn present(all: &[Crate], wanted: &[&'static str]) -> Vec<&'static str> {
    wanted
        .iter()
        .copied()
        .filter(|name| all.iter().any(|found| found.name == *name))
        .collect()
}
