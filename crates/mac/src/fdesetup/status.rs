//! `fdesetup status` and `isactive`.

use super::{ask, unreadable};
use crate::text::lines;
use crate::{Error, Runner};

/// What `fdesetup status` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVaultStatus {
    /// Whether it is on.
    pub state: FileVaultState,
    /// The conversion that is under way.
    pub conversion: Option<Conversion>,
    /// The account for which FileVault waits until it logs in or out.
    pub deferred_for: Option<String>,
    /// Whether a master keychain lies in its place. It does not say that FileVault uses it.
    pub master_keychain: bool,
}

/// Whether FileVault is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileVaultState {
    /// It is on, or being turned on or off.
    On,
    /// It is off.
    Off,
    /// It will be on after a restart (CoreStorage only).
    OnAfterRestart,
}

/// A disk that is being converted, with the percentage that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conversion {
    /// Being encrypted.
    Encrypting(u8),
    /// Being decrypted.
    Decrypting(u8),
}

/// What `fdesetup isactive` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activity {
    /// FileVault is on.
    On,
    /// FileVault is on, and a conversion is under way.
    Busy,
    /// FileVault is off.
    Off,
}

/// Asks for the status. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn status(runner: &dyn Runner) -> Result<FileVaultStatus, Error> {
    let answer = ask(runner, ["status"])?;
    parse_status(&answer.stdout.text()).ok_or_else(|| unreadable(&answer))
}

/// Asks whether FileVault is on. Needs no rights.
///
/// # Errors
/// As [`status`].
pub fn is_active(runner: &dyn Runner) -> Result<Activity, Error> {
    let answer = ask(runner, ["isactive"])?;
    match (answer.exit.code(), answer.stdout.text().trim()) {
        (Some(0), "true") => Ok(Activity::On),
        (Some(1), "false") => Ok(Activity::Off),
        (Some(2), _) => Ok(Activity::Busy),
        _ => Err(unreadable(&answer)),
    }
}

/// The status in what `fdesetup status` prints; `None` when no line says whether FileVault is on.
pub fn parse_status(said: &str) -> Option<FileVaultStatus> {
    let mut state = None;
    let mut status = FileVaultStatus {
        state: FileVaultState::Off,
        conversion: None,
        deferred_for: None,
        master_keychain: false,
    };
    for line in lines(said).map(str::trim) {
        if line.starts_with("FileVault is Off, but will be enabled after the next restart") {
            state = Some(FileVaultState::OnAfterRestart);
        } else if line.starts_with("FileVault is On") {
            state = Some(FileVaultState::On);
        } else if line.starts_with("FileVault is Off") {
            state = Some(FileVaultState::Off);
        } else if line.starts_with("FileVault master keychain appears to be installed") {
            status.master_keychain = true;
        } else if line.starts_with("Encryption in progress:") {
            status.conversion = Some(Conversion::Encrypting(percentage(line)));
        } else if line.starts_with("Decryption in progress:") {
            status.conversion = Some(Conversion::Decrypting(percentage(line)));
        } else if let Some(rest) = line.strip_prefix("Deferred enablement appears to be active for user '") {
            status.deferred_for = rest.rsplit_once('\'').map(|(user, _)| user.to_owned());
        }
    }
    status.state = state?;
    Some(status)
}

/// The number in `Percent completed = 42`; 0 when none is named yet.
fn percentage(line: &str) -> u8 {
    let number = line
        .split_once("Percent completed = ")
        .and_then(|(_, rest)| crate::text::leading_number(rest));
    number
        .and_then(|number| u8::try_from(number.clamp(0, 100)).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{FileVaultState, parse_status};

    #[test]
    fn the_name_of_a_deferred_account_keeps_its_quotes() {
        let said = "FileVault is Off.\nDeferred enablement appears to be active for user 'o'neil'.\n";
        let status = parse_status(said).expect("a status");
        assert_eq!(
            (status.state, status.deferred_for.as_deref()),
            (FileVaultState::Off, Some("o'neil"))
        );
    }

    #[test]
    fn a_conversion_without_a_state_is_no_status() {
        assert_eq!(
            parse_status("Encryption in progress: Percent completed = 3\n"),
            None
        );
    }
}
