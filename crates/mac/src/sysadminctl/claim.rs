//! What `sysadminctl` says of its own work.

use super::Message;
use crate::open_directory::{DsStatus, OdCode};

/// What `sysadminctl` says that it has done, or why it refused. Never proof: it has been seen to say "Done!" and
/// change nothing. Read the state back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It says that it is done.
    SaysDone,
    /// It says nothing of consequence.
    Silent,
    /// The record has a token, and no credential was given that unlocks it.
    NeedsTokenUnlock,
    /// Open Directory refused, with this code.
    Refused {
        /// The code; 5101 when the granter is no administrator or holds no token.
        code: OdCode,
        /// The words that came with it.
        text: String,
    },
    /// Open Directory refused, with a status and no words.
    RefusedByStatus {
        /// The status.
        status: DsStatus,
    },
    /// A password is wrong. The tool does not say whose.
    WrongPassword,
    /// The new password breaks the password policy.
    NewPasswordRefused,
    /// There is no such account.
    UnknownUser,
    /// The administrator's credentials were refused.
    AdministratorRefused,
    /// It must not touch the last administrator or the last holder of a token.
    LastOfItsKind,
    /// It does not run as root.
    NeedsRoot,
    /// It could not ask what it had to ask: no password came, or nobody can answer a dialog.
    CouldNotAsk,
    /// It did not understand the call, as a build that is too old for it.
    Unsupported,
    /// It said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

impl From<&[Message]> for Claim {
    /// The first refusal counts; only without one does "Done!" count.
    fn from(messages: &[Message]) -> Self {
        if let Some(refusal) = messages.iter().find_map(refusal) {
            return refusal;
        }
        if messages.contains(&Message::Done) {
            return Self::SaysDone;
        }
        let unknown = messages.iter().find_map(|message| match message {
            Message::Other(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        });
        unknown.map_or(Self::Silent, |text| Self::Unrecognised { text })
    }
}

fn refusal(message: &Message) -> Option<Claim> {
    Some(match message {
        Message::NeedsTokenUnlock => Claim::NeedsTokenUnlock,
        Message::OpenDirectory(error) if error.code == OdCode::CREDENTIALS_INVALID => Claim::WrongPassword,
        Message::OpenDirectory(error) if error.code.is_about_password_policy() => Claim::NewPasswordRefused,
        Message::OpenDirectory(error) => Claim::Refused {
            code: error.code,
            text: error.text.clone(),
        },
        Message::DirectoryStatus(DsStatus::AUTH_FAILED) | Message::IncorrectPassword => Claim::WrongPassword,
        Message::DirectoryStatus(
            DsStatus::AUTH_PASSWORD_QUALITY_CHECK_FAILED | DsStatus::AUTH_PASSWORD_TOO_SHORT,
        )
        | Message::NewPasswordRefused => Claim::NewPasswordRefused,
        Message::DirectoryStatus(status) => Claim::RefusedByStatus { status: *status },
        Message::UnknownUser => Claim::UnknownUser,
        Message::AdministratorRefused => Claim::AdministratorRefused,
        Message::LastOfItsKind => Claim::LastOfItsKind,
        Message::NeedsRoot => Claim::NeedsRoot,
        Message::NeedsInteraction | Message::PasswordMissing => Claim::CouldNotAsk,
        Message::Usage { .. } => Claim::Unsupported,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Claim;
    use crate::open_directory::OdCode;

    fn claim(said: &str) -> Claim {
        Claim::from(super::super::read(said).as_slice())
    }

    #[test]
    fn a_refusal_beats_done() {
        assert_eq!(
            claim("- Done!\nOperation is not permitted without secure token unlock.\n"),
            Claim::NeedsTokenUnlock
        );
    }

    #[test]
    fn every_code_of_open_directory_has_its_meaning() {
        let error = |code: i32| {
            claim(&format!(
                "setSecureTokenAuthorizationEnabled error Error Domain=com.apple.OpenDirectory Code={code} \"t\" UserInfo={{}}"
            ))
        };
        assert_eq!(
            error(5101),
            Claim::Refused {
                code: OdCode(5101),
                text: "t".to_owned()
            }
        );
        assert_eq!(error(5000), Claim::WrongPassword);
        assert_eq!(error(5402), Claim::NewPasswordRefused);
    }

    #[test]
    fn nothing_said_is_no_success() {
        assert_eq!(claim(""), Claim::Silent);
        assert_eq!(
            claim("Fertig!\n"),
            Claim::Unrecognised {
                text: "Fertig!".to_owned()
            }
        );
    }
}
