//! `sysctl`: the chip.

use crate::text::excerpt;
use crate::{Answer, Call, Error, Runner, Tool};

/// Whether this Mac has Apple silicon. It has a Secure Enclave then, and volume owners.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn is_apple_silicon(runner: &dyn Runner) -> Result<bool, Error> {
    let call = Call::fixed(Tool::Sysctl, ["-n", "hw.optional.arm64"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Sysctl))?;
    match (answer.stdout.text().trim(), answer.exit.is_zero()) {
        ("1", true) => Ok(true),
        ("0", true) => Ok(false),
        // A system that is older than the first Apple silicon does not know the name, and says so.
        ("", false) if answer.stderr.text().contains("unknown oid") => Ok(false),
        _ => Err(unreadable(&answer)),
    }
}

/// The name of the chip or processor, such as `Apple M2`.
///
/// # Errors
/// As [`is_apple_silicon`].
pub fn chip_name(runner: &dyn Runner) -> Result<String, Error> {
    let call = Call::fixed(Tool::Sysctl, ["-n", "machdep.cpu.brand_string"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Sysctl))?;
    let name = answer.stdout.text().trim().to_owned();
    if name.is_empty() || !answer.exit.is_zero() {
        Err(unreadable(&answer))
    } else {
        Ok(name)
    }
}

fn unreadable(answer: &Answer) -> Error {
    Error::Unreadable {
        tool: Tool::Sysctl,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    }
}
