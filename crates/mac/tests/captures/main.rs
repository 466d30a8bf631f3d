//! Every captured output of Apple's tools, read by the parser that is for it.

mod completeness;
mod diskutil;
mod dscl;
mod fdesetup;
mod profiles;
mod small_tools;
mod sysadminctl;
mod truncation;

use std::path::{Path, PathBuf};

use mac::{Answer, Exit};

/// The folder of the captures.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// What a tool printed.
fn golden(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("a capture")
}

/// The answer of a tool that printed a capture to standard output.
fn on_stdout(code: i32, name: &str) -> Answer {
    Answer::new(Exit::Code(code), golden(name), "")
}

/// The answer of a tool that printed a capture to standard error.
fn on_stderr(code: i32, name: &str) -> Answer {
    Answer::new(Exit::Code(code), "", golden(name))
}
