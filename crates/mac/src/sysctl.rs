//! `sysctl`: the chip, and when the system was started.

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

/// When the system was started, in seconds since 1970-01-01 UTC.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn boot_time(runner: &dyn Runner) -> Result<i64, Error> {
    let call = Call::fixed(Tool::Sysctl, ["-n", "kern.boottime"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Sysctl))?;
    parse_boot_time(&answer.stdout.text()).ok_or_else(|| unreadable(&answer))
}

/// The seconds in `{ sec = 1790000000, usec = 0 } Mon Sep 21 …`.
pub fn parse_boot_time(said: &str) -> Option<i64> {
    let (_, rest) = said.split_once("sec = ")?;
    rest.split_once(',')?.0.trim().parse().ok()
}

fn unreadable(answer: &Answer) -> Error {
    Error::Unreadable {
        tool: Tool::Sysctl,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_boot_time;

    #[test]
    fn the_seconds_are_read_and_nothing_else_is_taken_for_them() {
        let said = "{ sec = 1790000000, usec = 25 } Mon Sep 21 14:13:20 2026\n";
        assert_eq!(parse_boot_time(said), Some(1_790_000_000));
        for said in [
            "",
            "sysctl: unknown oid 'kern.boottime'",
            "{ sec = , usec = 0 }",
            "{ sec = 1790000000",
        ] {
            assert_eq!(parse_boot_time(said), None, "{said:?}");
        }
    }
}
