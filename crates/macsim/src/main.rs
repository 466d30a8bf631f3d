//! The `macsim` program: itself, or the tool by whose name it is called.

use std::path::Path;
use std::process::ExitCode;

use macsim::{Program, program};

fn main() -> ExitCode {
    let argv: Vec<_> = std::env::args_os().collect();
    let name = argv
        .first()
        .and_then(|name| Path::new(name).file_name())
        .and_then(|name| name.to_str());
    name.and_then(program).unwrap_or(Program::Cli).run(argv)
}
