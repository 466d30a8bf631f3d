//! One message of `sysadminctl`, typed by its words.

use crate::open_directory::{DsStatus, OdError};
use crate::text::{between, excerpt, leading_number};

/// One message of `sysadminctl`.
///
/// A message is known by how it begins, or by words that stand after everything that could be a name, so that a name
/// cannot pass for a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// `Secure token is ENABLED for user …`. The label is the real name, not the record name.
    TokenEnabled {
        /// The real name.
        label: String,
    },
    /// `Secure token is DISABLED for user …`.
    TokenDisabled {
        /// The real name.
        label: String,
    },
    /// `Unknown user …`: there is no such record, or the cache of Open Directory is stale.
    UnknownUser,
    /// `- Done!`: the tool believes that it has done it.
    Done,
    /// `Operation is not permitted without secure token unlock.`: the record has a token, and nothing that was given
    /// unlocks it.
    NeedsTokenUnlock,
    /// An error of Open Directory with its code.
    OpenDirectory(OdError),
    /// `### Error:-14135 File:… Line:…`: a status without words.
    DirectoryStatus(DsStatus),
    /// `Failed to authenticate with SystemAdministration framework.`: the administrator's credentials are wrong, or
    /// there is no session.
    AdministratorRefused,
    /// `Incorrect password`, whosever it is.
    IncorrectPassword,
    /// `New account password error`: the new password breaks the policy.
    NewPasswordRefused,
    /// A password was wanted and none came.
    PasswordMissing,
    /// `sysadminctl should be run as root, or in interactive mode!`
    NeedsRoot,
    /// Somebody would have to answer a dialog, and nobody can.
    NeedsInteraction,
    /// `User … can not be deleted`: the last administrator or the last holder of a token.
    LastOfItsKind,
    /// `User with full name '…' already exists.`
    FullNameTaken,
    /// `Creating user record…`
    CreatingRecord,
    /// `Assigning UID: 502 GID: 20`. Older systems name no group.
    Assigned {
        /// The user id.
        uid: i32,
        /// The primary group, when it is named.
        gid: Option<i32>,
    },
    /// `Creating home directory at …`
    CreatingHome {
        /// The home folder.
        path: String,
    },
    /// `Home directory is assigned (not created!) at …`
    HomeAssigned {
        /// The home folder.
        path: String,
    },
    /// `Directory at path:… already exists`
    HomeExists,
    /// `Killing all processes for UID …`
    KillingProcesses,
    /// `Removing …'s home at …`, securely or not: from here on the home folder is going.
    RemovingHome,
    /// `Deleting record for …`
    DeletingRecord,
    /// The options of the tool: it did not understand the call.
    Usage {
        /// Whether this build of the tool knows Secure Tokens.
        knows_tokens: bool,
    },
    /// Said on the way, and of no consequence.
    Noise,
    /// Something else.
    Other(String),
}

impl Message {
    /// Types a message, which comes without its log prefix.
    pub(super) fn read(message: &str) -> Self {
        let message = message.trim_start();
        Self::about_tokens(message)
            .or_else(|| Self::about_errors(message))
            .or_else(|| Self::about_records(message))
            .or_else(|| Self::of_no_consequence(message))
            .or_else(|| Self::about_frameworks(message))
            .unwrap_or_else(|| Self::Other(excerpt(message)))
    }

    fn about_tokens(message: &str) -> Option<Self> {
        if let Some(label) = message.strip_prefix("Secure token is ENABLED for user ") {
            return Some(Self::TokenEnabled {
                label: excerpt(label),
            });
        }
        if let Some(label) = message.strip_prefix("Secure token is DISABLED for user ") {
            return Some(Self::TokenDisabled {
                label: excerpt(label),
            });
        }
        let done = matches!(message.trim_start_matches("- ").trim_end(), "Done!" | "Done");
        if done {
            return Some(Self::Done);
        }
        message
            .starts_with("Operation is not permitted without secure token unlock")
            .then_some(Self::NeedsTokenUnlock)
    }

    fn about_errors(message: &str) -> Option<Self> {
        let starts = |words: &str| message.starts_with(words);
        if starts("### Error:") {
            return DsStatus::in_sysadminctl_error(message).map(Self::DirectoryStatus);
        }
        if starts("Usage: sysadminctl") {
            return Some(Self::Usage {
                knows_tokens: message.contains("-secureTokenStatus"),
            });
        }
        let known = [
            ("Unknown user ", Self::UnknownUser),
            (
                "Failed to authenticate with SystemAdministration framework",
                Self::AdministratorRefused,
            ),
            ("Incorrect password", Self::IncorrectPassword),
            ("New account password error", Self::NewPasswordRefused),
            ("Password is required", Self::PasswordMissing),
            ("sysadminctl should be run as root", Self::NeedsRoot),
        ];
        known
            .into_iter()
            .find(|(words, _)| starts(words))
            .map(|(_, message)| message)
    }

    fn about_records(message: &str) -> Option<Self> {
        if let Some(rest) = message.strip_prefix("Assigning UID: ") {
            let gid = rest.split_once("GID: ").and_then(|(_, gid)| leading_number(gid));
            return leading_number(rest).map(|uid| Self::Assigned { uid, gid });
        }
        if let Some(path) = message.strip_prefix("Creating home directory at ") {
            return Some(Self::CreatingHome {
                path: path.to_owned(),
            });
        }
        if let Some(path) = message.strip_prefix("Home directory is assigned (not created!) at ") {
            return Some(Self::HomeAssigned {
                path: path.to_owned(),
            });
        }
        let starts = |words: &str| message.starts_with(words);
        let ends = |words: &str| message.trim_end().ends_with(words);
        if starts("Creating user record") {
            Some(Self::CreatingRecord)
        } else if starts("User with full name '") && ends("' already exists.") {
            Some(Self::FullNameTaken)
        } else if starts("User ") && ends("neither of which can be deleted)") {
            Some(Self::LastOfItsKind)
        } else if starts("Directory at path:") && ends(" already exists") {
            Some(Self::HomeExists)
        } else if starts("Killing all processes for UID ") {
            Some(Self::KillingProcesses)
        } else if (starts("Removing ") || starts("Securely removing "))
            && between(message, "'s home", " at ").is_some()
        {
            Some(Self::RemovingHome)
        } else if starts("Deleting record for ") {
            Some(Self::DeletingRecord)
        } else {
            None
        }
    }

    /// Errors of Apple's frameworks. What stands before them is not known, so they are looked for anywhere, and last:
    /// every message that can hold a name has been recognised by then.
    fn about_frameworks(message: &str) -> Option<Self> {
        if message.contains("errAuthorizationInteractionNotAllowed") {
            return Some(Self::NeedsInteraction);
        }
        OdError::find(message).map(Self::OpenDirectory)
    }

    fn of_no_consequence(message: &str) -> Option<Self> {
        let rule = !message.is_empty() && message.bytes().all(|byte| byte == b'-');
        let known = [
            "No clear text password or interactive option was specified",
            "AOSKit INFO:",
            "Deleting Public share point for ",
            "User password:",
            "New password:",
            "Enter password for ",
        ];
        (rule || known.iter().any(|words| message.starts_with(words))).then_some(Self::Noise)
    }
}
