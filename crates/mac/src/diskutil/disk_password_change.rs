//! A change of the disk password alone.

use secrecy::SecretString;

use super::error_number;
use crate::text::excerpt;
use crate::{Answer, Arg, Call, Error, Feed, Runner, Tool};

/// What `diskutil` says to a change of a disk password. A claim: read back by
/// [`verify_disk_password`](super::verify_disk_password). The words of a success were never captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskPasswordChange {
    /// It says nothing of a failure.
    SaysDone,
    /// The old password does not open the disk. The Secure Enclave counts.
    WrongOldPassword,
    /// It was not done.
    Refused {
        /// What it said.
        text: String,
    },
}

/// Gives the crypto user with this GUID another password, by the one that it has. The directory's password stays as it is. Run
/// as root.
///
/// # Errors
/// When the tool could not be run to its end, or a password cannot be handed over.
pub fn change_disk_password(
    runner: &dyn Runner,
    guid: &str,
    old: &SecretString,
    new: &SecretString,
) -> Result<DiskPasswordChange, Error> {
    let guid = Arg::value(guid).map_err(Error::bad_arg(Tool::Diskutil))?;
    let before = ["apfs", "changePassphrase", "/", "-user"].map(Arg::from);
    let after = ["-oldStdinpassphrase", "-newStdinpassphrase"].map(Arg::from);
    let args = before.into_iter().chain([guid]).chain(after);
    let feed = Feed::lines([old.clone(), new.clone()]).map_err(Error::unfeedable(Tool::Diskutil))?;
    let answer = runner
        .run(&Call::new(Tool::Diskutil, args).feed(feed))
        .map_err(Error::run(Tool::Diskutil))?;
    Ok(DiskPasswordChange::from(&answer))
}

impl From<&Answer> for DiskPasswordChange {
    fn from(answer: &Answer) -> Self {
        if answer.exit.is_zero() {
            return Self::SaysDone;
        }
        let said = answer.everything_said();
        if error_number(&said) == Some(-69557) {
            return Self::WrongOldPassword;
        }
        Self::Refused { text: excerpt(&said) }
    }
}

#[cfg(test)]
mod tests {
    use super::DiskPasswordChange;
    use crate::{Answer, Exit};

    #[test]
    fn only_exit_zero_is_a_claim_of_success() {
        let change = |code, said: &str| DiskPasswordChange::from(&Answer::new(Exit::Code(code), "", said));
        assert_eq!(change(0, ""), DiskPasswordChange::SaysDone);
        assert_eq!(
            change(1, "The given passphrase is incorrect (-69557)"),
            DiskPasswordChange::WrongOldPassword
        );
        assert_eq!(
            change(1, "Changed passphrase successfully"),
            DiskPasswordChange::Refused {
                text: "Changed passphrase successfully".to_owned()
            }
        );
    }
}
