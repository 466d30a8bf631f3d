//! The host as a program: `authorizationhost LIBRARY MECHANISM`, with the login on standard input.
//!
//! The login is a JSON object with `username` and `password`; either may be missing. The verdict is one word on standard
//! output: `allow`, `deny`, `undefined` or `user-canceled`; anything else, and an exit code other than 0, is none.

use std::ffi::CString;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use serde::Deserialize;

use crate::engine::{Engine, Verdict};
use crate::plugin::Plugin;

/// The name under which the program runs.
pub const NAME: &str = "authorizationhost";

#[derive(Deserialize)]
struct Login {
    username: Option<String>,
    password: Option<String>,
}

/// Runs the program to its end.
pub fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(library), Some(mechanism)) = (arguments.next(), arguments.next()) else {
        eprintln!("{NAME}: usage: {NAME} LIBRARY MECHANISM");
        return ExitCode::from(2);
    };
    match evaluate(Path::new(&library), &mechanism.to_string_lossy()) {
        Ok(verdict) => {
            println!("{}", verdict.word());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{NAME}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Lets the mechanism decide. Without a verdict, or with more than one, it has not decided.
fn evaluate(library: &Path, mechanism: &str) -> Result<Verdict, Box<dyn std::error::Error>> {
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input)?;
    // The parser's own error could quote what it could not read.
    let login: Login = serde_json::from_slice(&input).map_err(|_| "the login is no JSON object")?;
    let mut engine = Engine::default();
    for (key, value) in [(c"username", login.username), (c"password", login.password)] {
        if let Some(value) = value {
            engine = engine.with(key, value);
        }
    }
    let plugin = Plugin::load(library)?;
    plugin.mechanism(&CString::new(mechanism)?, &engine)?.invoke();
    match engine.verdicts().as_slice() {
        [(verdict, _)] => Ok(*verdict),
        other => Err(format!("the mechanism gave {} verdicts", other.len()).into()),
    }
}
