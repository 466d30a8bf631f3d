//! Being several programs in one file. `cargo run` builds one program, so the demo starts agents and simulated tools by
//! running itself under their names.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// Our own name.
pub const BESTOW: &str = "bestow";
/// The agent's name.
pub const AGENT: &str = "bestow-agent";
/// The simulator's name.
pub const MACSIM: &str = "macsim";

/// Runs the program whose name this process was started under, unless that is our own.
pub fn run_by_name() -> Option<ExitCode> {
    let argv: Vec<OsString> = std::env::args_os().collect();
    let name = Path::new(argv.first()?).file_name()?.to_str()?;
    if name == AGENT {
        return Some(agent::cli::main());
    }
    if name == authorization_host::program::NAME {
        return Some(authorization_host::program::main());
    }
    let program = macsim::program(name)?;
    Some(program.run(argv))
}
