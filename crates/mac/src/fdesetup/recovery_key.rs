//! The personal recovery key: whether there is one, whether one is right, and making a new one.

use std::time::Duration;

use secrecy::SecretString;

use super::{FdesetupExit, ask, unreadable};
use crate::secret_document::Entry;
use crate::text::{between, excerpt};
use crate::{Answer, Call, Credential, Error, Feed, RunError, Runner, SecretDocument, Tool};

/// It wraps keys anew, and may talk to the MDM about them.
const TIMEOUT: Duration = Duration::from_secs(120);

/// What opens FileVault.
#[derive(Clone, Copy, Debug)]
pub enum Unlock<'a> {
    /// The password of a FileVault user.
    User(Credential<'a>),
    /// The recovery key that is now in force. On APFS from macOS 10.14.
    RecoveryKey(&'a SecretString),
}

/// What came of making a new recovery key.
#[derive(Debug)]
pub enum KeyChange {
    /// There is a new key, and the old one no longer opens the disk.
    NewKey(SecretString),
    /// The tool says that it is done, and does not say the key: there may be a key that nobody knows.
    DoneWithoutKey,
    /// The password or the old key is wrong. Nothing changed.
    WrongCredential,
    /// It was not done, for this reason.
    Refused {
        /// The meaning of the exit code.
        reason: FdesetupExit,
        /// What it said.
        text: String,
    },
}

/// What the tool says to a recovery key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyCheck {
    /// It opens the disk.
    Right,
    /// It does not.
    Wrong,
    /// It does not look like a recovery key.
    BadShape,
    /// The tool did not say.
    Unknown {
        /// The meaning of the exit code.
        reason: FdesetupExit,
        /// What it said.
        text: String,
    },
}

/// Asks whether there is a personal recovery key. Run as root. The tool says no as well when it does not know.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn has_personal_recovery_key(runner: &dyn Runner) -> Result<bool, Error> {
    truth(&ask(runner, ["haspersonalrecoverykey"])?)
}

/// Asks whether there is an institutional recovery key. Run as root. The tool says no as well when it does not know.
///
/// # Errors
/// As [`has_personal_recovery_key`].
pub fn has_institutional_recovery_key(runner: &dyn Runner) -> Result<bool, Error> {
    truth(&ask(runner, ["hasinstitutionalrecoverykey"])?)
}

/// Asks whether the disk was opened with the recovery key this time. Run as root.
///
/// # Errors
/// As [`has_personal_recovery_key`].
pub fn using_recovery_key(runner: &dyn Runner) -> Result<bool, Error> {
    truth(&ask(runner, ["usingrecoverykey"])?)
}

/// Makes a new personal recovery key. Run as root. The old key stops working at once.
///
/// # Errors
/// When the tool could not be run to its end, or a secret cannot be handed over. When it timed out without
/// having said a key there may be a new one that nobody knows.
pub fn change_recovery_key(runner: &dyn Runner, unlock: Unlock<'_>) -> Result<KeyChange, Error> {
    let entries = match unlock {
        Unlock::User(user) => {
            vec![
                Entry::Text("Username", user.account.as_str()),
                Entry::Secret("Password", user.password),
            ]
        }
        Unlock::RecoveryKey(key) => vec![Entry::Secret("Password", key)],
    };
    let args = ["changerecovery", "-personal", "-inputplist", "-outputplist"];
    match tell(runner, args, &entries) {
        Ok(answer) => Ok(KeyChange::from(&answer)),
        // Some Macs hang while the new key is escrowed. When it was said before that, it is the one that counts.
        Err(error) => key_before_timeout(&error).map(KeyChange::NewKey).ok_or(error),
    }
}

fn key_before_timeout(error: &Error) -> Option<SecretString> {
    match error {
        Error::Run {
            source: RunError::TimedOut { so_far, .. },
            ..
        } => key_in(&so_far.everything_said()),
        _ => None,
    }
}

/// Asks whether a personal recovery key opens the disk. Run as root.
///
/// # Errors
/// When the tool could not be run to its end, or the key cannot be handed over.
pub fn validate_recovery_key(runner: &dyn Runner, key: &SecretString) -> Result<KeyCheck, Error> {
    let answer = tell(
        runner,
        ["validaterecovery", "-inputplist"],
        &[Entry::Secret("Password", key)],
    )?;
    Ok(KeyCheck::from(&answer))
}

pub(super) fn tell<const N: usize>(
    runner: &dyn Runner,
    args: [&'static str; N],
    entries: &[Entry<'_>],
) -> Result<Answer, Error> {
    let document = SecretDocument::property_list(entries).map_err(Error::unfeedable(Tool::Fdesetup))?;
    let call = Call::fixed(Tool::Fdesetup, args)
        .feed(Feed::document(document))
        .timeout(TIMEOUT);
    runner.run(&call).map_err(Error::run(Tool::Fdesetup))
}

impl From<&Answer> for KeyChange {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        let complaint = excerpt(&answer.stderr.text());
        match (FdesetupExit::from(answer.exit), key_in(&said)) {
            (_, Some(key)) => Self::NewKey(key),
            (FdesetupExit::Ok, None) => Self::DoneWithoutKey,
            (FdesetupExit::AuthenticationFailed, None) => Self::WrongCredential,
            (_, None) if refuses_credential(&complaint) => Self::WrongCredential,
            (reason, None) => Self::Refused {
                reason,
                text: complaint,
            },
        }
    }
}

impl From<&Answer> for KeyCheck {
    fn from(answer: &Answer) -> Self {
        let text = excerpt(&answer.stderr.text());
        // The exit code says nothing here: it is not 0 even when the tool says `false`.
        match answer.stdout.text().trim() {
            "true" if answer.exit.is_zero() => Self::Right,
            "false" => Self::Wrong,
            _ if text.contains("Not a valid recovery key") => Self::BadShape,
            _ => Self::Unknown {
                reason: answer.exit.into(),
                text,
            },
        }
    }
}

fn refuses_credential(complaint: &str) -> bool {
    complaint.contains("Unable to unlock or authenticate to FileVault")
        || complaint.contains("User authentication failed")
}

/// The new key in what `changerecovery` or `enable` prints: a property list, or the words of systems before 26.
///
/// The list is searched as text, since a parser would leave copies of the key behind.
pub(super) fn key_in(said: &str) -> Option<SecretString> {
    let listed = said
        .split_once("<key>RecoveryKey</key>")
        .and_then(|(_, rest)| between(rest.trim_start().strip_prefix("<string>")?, "", "</string>"));
    let key = listed.or_else(|| between(said, "ecovery key = '", "'"))?;
    (!key.is_empty()).then(|| SecretString::from(key))
}

fn truth(answer: &Answer) -> Result<bool, Error> {
    match answer.stdout.text().trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(unreadable(answer)),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use secrecy::SecretString;

    use super::{KeyChange, Unlock, change_recovery_key, key_in, tell};
    use crate::{Answer, Call, Exit, RunError, Runner};

    #[test]
    fn a_key_that_was_said_is_never_lost_whatever_the_exit_code() {
        let answer = Answer::new(
            Exit::Code(26),
            "New personal recovery key = 'AU2A-PHMK-WBGX-PWKX-M3X3-VAPY'\n",
            "",
        );
        let change = KeyChange::from(&answer);
        assert!(
            matches!(change, KeyChange::NewKey(key) if key.expose_secret() == "AU2A-PHMK-WBGX-PWKX-M3X3-VAPY")
        );
    }

    #[test]
    fn the_key_in_a_list_is_found() {
        let list = "<?xml version=\"1.0\"?><plist><dict><key>EnabledUser</key><string>ann</string>\
                    <key>RecoveryKey</key><string>AU2A-PHMK-WBGX-PWKX-M3X3-VAPY</string></dict></plist>";
        assert_eq!(
            key_in(list).expect("a key").expose_secret(),
            "AU2A-PHMK-WBGX-PWKX-M3X3-VAPY"
        );
        assert!(key_in("Recovery key = ''").is_none());
    }

    #[test]
    fn success_without_a_key_is_not_taken_for_nothing() {
        assert!(matches!(
            KeyChange::from(&Answer::new(Exit::Code(0), "", "")),
            KeyChange::DoneWithoutKey
        ));
    }

    #[test]
    fn a_key_that_was_said_before_a_timeout_is_not_lost() {
        struct Hangs;
        impl Runner for Hangs {
            fn run(&self, call: &Call) -> Result<Answer, RunError> {
                let said = "New personal recovery key = 'AU2A-PHMK-WBGX-PWKX-M3X3-VAPY'\n";
                let so_far = Box::new(Answer::new(Exit::Signal(15), said, ""));
                Err(RunError::TimedOut {
                    after: call.timeout,
                    so_far,
                })
            }
        }
        let old = SecretString::from("TLFA-PEUM-6G5W-4MBF-XG7U-BL24");
        let change = change_recovery_key(&Hangs, Unlock::RecoveryKey(&old)).expect("a key");
        assert!(matches!(change, KeyChange::NewKey(key) if key.expose_secret().starts_with("AU2A")));
        let hung = tell(&Hangs, ["changerecovery"], &[])
            .err()
            .map(|error| format!("{error:?} {error}"));
        assert!(hung.is_some_and(|text| !text.contains("AU2A")));
    }

    #[test]
    fn debug_shows_no_key() {
        let answer = Answer::new(
            Exit::Code(0),
            "Recovery key = 'AU2A-PHMK-WBGX-PWKX-M3X3-VAPY'\n",
            "",
        );
        assert!(!format!("{:?}", KeyChange::from(&answer)).contains("AU2A"));
    }
}
