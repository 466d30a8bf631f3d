//! Running other programs. Every process that a task starts is made here.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A command for `program`, which is looked for on the PATH unless it is a path.
#[expect(
    clippy::disallowed_methods,
    reason = "developer tools run other programs; this is their one place"
)]
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    command
}

/// The cargo that runs this task, of the project's own toolchain.
///
/// It does not see what cargo told this task about this package: build scripts that watch those variables
/// (ring's does) would run again each time somebody changes between `cargo test` and `cargo xtask test`.
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs `command` in the foreground; an exit status other than zero is an error.
pub fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command
        .status()
        .with_context(|| format!("start {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs `command` quietly and returns what it printed on standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("start {}", shown(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} ended with {}: {}", shown(command), output.status, said.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} printed no UTF-8", shown(command)))
}

/// Whether `command` can be started and ends with success; prints nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Like [`succeeds`], but a command that is still running after `limit` is killed and has not succeeded.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
        return false;
    };
    let (ended, end) = mpsc::channel();
    if let Some(mut printed) = child.stdout.take() {
        // The pipe closes when the child ends, however it ends.
        thread::spawn(move || {
            let copied = std::io::copy(&mut printed, &mut std::io::sink());
            ended.send(copied).ok();
        });
    }
    if end.recv_timeout(limit).is_err() {
        child.kill().ok();
    }
    child.wait().is_ok_and(|status| status.success())
}

/// Prints the command line that is about to run.
pub fn announce(command: &Command) {
    println!("$ {}", shown(command));
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_named_with_what_it_said() {
        let failure = output(command("sh").args(["-c", "echo no such thing >&2; exit 3"]))
            .unwrap_err()
            .to_string();
        assert!(failure.contains("sh -c"), "{failure}");
        assert!(failure.contains("no such thing"), "{failure}");
    }

    #[test]
    fn output_is_what_the_command_printed() {
        assert_eq!(output(command("sh").args(["-c", "printf abc"])).unwrap(), "abc");
    }

    #[test]
    fn cargo_does_not_see_this_package() {
        // cargo sets this one for tests as it does for programs.
        assert!(std::env::var_os("CARGO_PKG_NAME").is_some());
        let hidden = cargo()
            .get_envs()
            .any(|(name, value)| name == "CARGO_PKG_NAME" && value.is_none());
        assert!(hidden);
    }

    #[test]
    fn a_command_that_does_not_end_is_killed() {
        assert!(!succeeds_within(
            command("sh").args(["-c", "exec tail -f /dev/null"]),
            Duration::from_millis(50)
        ));
        assert!(succeeds_within(
            command("sh").args(["-c", "exit 0"]),
            Duration::from_secs(60)
        ));
        assert!(!succeeds_within(
            command("sh").args(["-c", "exit 1"]),
            Duration::from_secs(60)
        ));
    }

    #[test]
    fn a_program_that_is_missing_does_not_succeed() {
        assert!(!succeeds(&mut command("no-such-program-anywhere")));
    }
}
