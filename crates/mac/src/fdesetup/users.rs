//! `fdesetup add` and `remove`.

use super::FdesetupExit;
use super::recovery_key::tell;
use crate::secret_document::Entry;
use crate::text::excerpt;
use crate::{Answer, Arg, Call, Credential, Error, Runner, Tool};

/// What the tool says to a change of the FileVault users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserChange {
    /// It says that it is done. Read the list back.
    SaysDone,
    /// A password is wrong.
    WrongCredential,
    /// It was not done, for this reason.
    Refused {
        /// The meaning of the exit code.
        reason: FdesetupExit,
        /// What it said.
        text: String,
    },
}

/// Adds an account to the FileVault users, by the authority of one of them. Run as root. On APFS every holder of a
/// token is one by itself, so there this is a repair.
///
/// # Errors
/// When the tool could not be run to its end, or a password cannot be handed over.
pub fn add_user(
    runner: &dyn Runner,
    authoriser: Credential<'_>,
    account: Credential<'_>,
) -> Result<UserChange, Error> {
    let added = vec![
        Entry::Text("Username", account.account.as_str()),
        Entry::Secret("Password", account.password),
    ];
    let entries = [
        Entry::Text("Username", authoriser.account.as_str()),
        Entry::Secret("Password", authoriser.password),
        Entry::List("AdditionalUsers", vec![added]),
    ];
    Ok(UserChange::from(&tell(runner, ["add", "-inputplist"], &entries)?))
}

/// Removes the FileVault user with this GUID, as an orphan whose account is gone. Run as root. The tool refuses to
/// remove the last one.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn remove_user(runner: &dyn Runner, guid: &str) -> Result<UserChange, Error> {
    let guid = Arg::value(guid).map_err(Error::bad_arg(Tool::Fdesetup))?;
    let call = Call::new(Tool::Fdesetup, [Arg::from("remove"), Arg::from("-uuid"), guid]);
    Ok(UserChange::from(
        &runner.run(&call).map_err(Error::run(Tool::Fdesetup))?,
    ))
}

impl From<&Answer> for UserChange {
    fn from(answer: &Answer) -> Self {
        let text = excerpt(&answer.everything_said());
        match FdesetupExit::from(answer.exit) {
            FdesetupExit::Ok => Self::SaysDone,
            FdesetupExit::AuthenticationFailed => Self::WrongCredential,
            _ if text.contains("User authentication failed") => Self::WrongCredential,
            reason => Self::Refused { reason, text },
        }
    }
}
