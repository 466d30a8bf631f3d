//! The login plug-in's library for macOS: linked, and judged by what a login needs of it.

use super::PLUGIN;
use super::binary::{MACH_O_64, symbols};
use super::cargo::CrossCargo;
use super::packages::SYMBOL_LISTER;
use crate::process;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What the header of a dynamic library says that it is (`MH_DYLIB`), as its fourth number.
const DYNAMIC_LIBRARY: [u8; 4] = [6, 0, 0, 0];

/// By this name macOS finds the plug-in. Anything more that a library exports could meet something of the same name in the
/// process that loads it.
const ENTRY_POINT: &str = "_AuthorizationPluginCreate";

/// A library that raises panics takes this; one whose panics abort, and would end the login, does not.
const UNWINDING: &str = "__Unwind_RaiseException";

/// Links the plug-in and fails when macOS could not load it, not find it, or not survive a panic in it.
pub fn link_and_judge(cross: &CrossCargo) -> Result<()> {
    let (package, library) = PLUGIN;
    process::run(cross.command("build").args(["--package", package, "--lib"]))?;
    let library = cross.program(library);
    let bytes = fs::read(&library).with_context(|| format!("read {}", library.display()))?;
    let listed = |which: &str| {
        let mut lister = process::command(SYMBOL_LISTER);
        process::output(lister.args(["-m", "-g", which]).arg(&library))
    };
    judge(&bytes, &listed("--defined-only")?, &listed("--undefined-only")?)
        .with_context(|| format!("judge {}", library.display()))?;
    println!(
        "macos-check: {} is {} bytes, exports {ENTRY_POINT} alone and unwinds",
        Path::new(PLUGIN.1).display(),
        bytes.len()
    );
    Ok(())
}

fn judge(bytes: &[u8], defined: &str, undefined: &str) -> Result<()> {
    if !bytes.starts_with(&MACH_O_64) || bytes.get(12..16) != Some(&DYNAMIC_LIBRARY) {
        bail!("it is no Mach-O library");
    }
    let exports = symbols(defined);
    if exports != BTreeSet::from([ENTRY_POINT]) {
        bail!("it exports {exports:?}, and not {ENTRY_POINT} alone");
    }
    if !symbols(undefined).contains(UNWINDING) {
        bail!("it does not take {UNWINDING}: a panic in it would end the login");
    }
    let elsewhere = undefined
        .lines()
        .find(|line| !line.trim_end().ends_with("(from libSystem)"));
    if let Some(line) = elsewhere {
        bail!("it takes more than the C library: {}", line.trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIBRARY: [u8; 16] = [0xcf, 0xfa, 0xed, 0xfe, 12, 0, 0, 1, 0, 0, 0, 0, 6, 0, 0, 0];
    const DEFINED: &str = "0000000000000f60 (__TEXT,__text) external _AuthorizationPluginCreate\n";
    const UNDEFINED: &str = " (undefined) external __Unwind_RaiseException (from libSystem)\n";

    #[test]
    fn a_plug_in_that_macos_can_use_passes() {
        judge(&LIBRARY, DEFINED, UNDEFINED).unwrap();
    }

    #[test]
    fn what_macos_could_not_use_is_refused() {
        let program = {
            let mut program = LIBRARY;
            program[12] = 2;
            program
        };
        let more = format!("{DEFINED}0000000000000f70 (__TEXT,__text) external _rust_eh_personality\n");
        let framework = format!("{UNDEFINED} (undefined) external _SecItemAdd (from Security)\n");
        for (bytes, defined, undefined, why) in [
            (&program, DEFINED, UNDEFINED, "no Mach-O library"),
            (&LIBRARY, "", UNDEFINED, "alone"),
            (&LIBRARY, &more, UNDEFINED, "alone"),
            (
                &LIBRARY,
                DEFINED,
                " (undefined) external _write (from libSystem)\n",
                "panic",
            ),
            (&LIBRARY, DEFINED, &framework, "more than the C library"),
        ] {
            let refused = judge(bytes, defined, undefined).unwrap_err().to_string();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
