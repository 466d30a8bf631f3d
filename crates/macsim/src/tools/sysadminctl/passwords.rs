//! Where `sysadminctl` takes a password from: the argument itself, a prompt, or a line of the pipe.

use crate::model::os::OsVersion;
use crate::tools::session::Session;

/// How many bytes of a piped line count; a longer one spoils the next password.
pub(super) fn pipe_limit(os: OsVersion) -> usize {
    if os < OsVersion::new(10, 14) { 1023 } else { 1022 }
}

/// Resolves one password argument. `-` asks: at the terminal with the limit of `getpass`, otherwise from
/// the pipe, unless this build does not read pipes. `None` is "no password to be had". A result longer than
/// [`pipe_limit`] is one that overflowed.
pub(super) fn resolve(session: &mut Session<'_>, argument: Option<&str>, prompt: &str) -> Option<String> {
    match argument {
        None => None,
        Some("-") if session.has_terminal() => session.getpass(prompt, 0),
        Some("-") => {
            let (reads_pipe, os) = session.look(|mac| (mac.knobs.stdin_passwords, mac.os));
            if reads_pipe {
                session.stdin_line(pipe_limit(os) + 1)
            } else {
                None
            }
        }
        Some(given) => Some(given.to_owned()),
    }
}

/// The prompt for the password of a named account.
pub(super) fn prompt_for(name: &str) -> String {
    format!("Enter password for {name} :")
}

/// Says that a password is missing.
pub(super) fn complain(session: &mut Session<'_>) {
    session.log("Password is required!");
}
