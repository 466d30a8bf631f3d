//! The agent's program for macOS: linked, measured, and its imports compared with our table.

use super::cargo::CrossCargo;
use super::packages::SYMBOL_LISTER;
use super::{AGENT, libraries};
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;

/// The agent may be no larger: design bar "agent ≤ 10 MiB binary".
const SIZE_LIMIT: u64 = 10 * 1024 * 1024;

/// What every Mach-O file for 64-bit processors begins with.
pub const MACH_O_64: [u8; 4] = [0xcf, 0xfa, 0xed, 0xfe];

/// Links the agent and fails when it is no Mach-O program or too large. Names in our table that nothing
/// takes any more are shown, so that the table stays as short as the program's needs.
pub fn link_and_judge(workspace: &Workspace, cross: &CrossCargo) -> Result<()> {
    let (package, name) = AGENT;
    process::run(cross.command("build").args(["--package", package, "--bin", name]))?;
    let program = cross.program(name);
    let bytes = fs::read(&program).with_context(|| format!("read {}", program.display()))?;
    if !bytes.starts_with(&MACH_O_64) {
        bail!("{} is no Mach-O program", program.display());
    }
    let size = bytes.len() as u64;
    println!("macos-check: {name} is {size} bytes of {SIZE_LIMIT} allowed");
    if size > SIZE_LIMIT {
        bail!("{name} is too large");
    }
    let listed = process::output(process::command(SYMBOL_LISTER).args(["-m", "-u"]).arg(&program))?;
    let imports = symbols(&listed);
    println!("macos-check: {name} takes {} symbols from macOS", imports.len());
    for library in libraries::read(workspace)? {
        for unused in library
            .symbols
            .iter()
            .filter(|symbol| !imports.contains(symbol.as_str()))
        {
            println!(
                "macos-check: {name} does not take {unused} from {}",
                library.install_name
            );
        }
    }
    Ok(())
}

/// The symbols in lines like ` (undefined) external _SecItemAdd (from Security)`.
pub fn symbols(listed: &str) -> BTreeSet<&str> {
    let symbols = listed
        .lines()
        .filter_map(|line| line.split_once("external ")?.1.split(' ').next());
    symbols.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_from_the_list() {
        let listed = "                 (undefined) external _SecItemAdd (from Security)\n\
                      \x20                (undefined) weak external _read (from libSystem)\n";
        assert_eq!(symbols(listed), BTreeSet::from(["_SecItemAdd", "_read"]));
    }
}
