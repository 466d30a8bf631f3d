//! Reads the Mac back after a tool has run. What the tool said does not count.

use mac::sysadminctl::TokenStatus;
use mac::{diskutil, sysadminctl};

use super::Tools;
use super::diary::Diary;
use super::probe::{self, Disk, Trial};
use crate::answers;

/// What reading the Mac back showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    /// All three agree: the account holds a token, and its password opens the disk.
    Proved,
    /// Status and disk list agree; there is no encrypted disk to try the password against.
    Listed,
    /// Something says that it holds none.
    DoesNotHold,
    /// Something gave no answer that can be relied on, and nothing said no.
    Unreadable,
}

impl Finding {
    /// Whether the account holds a token.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Self::Proved | Self::Listed)
    }
}

/// An account to read back.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) trial: Trial<'a>,
    /// Whether the disk is known not to be encrypted. macOS may then have nothing to try a password against.
    pub(crate) filevault_is_off: bool,
}

/// Asks all three: the status, the crypto users, and the disk with the account's password. The disk is asked last and
/// only when the others agree, because the Secure Enclave counts failures for ever.
pub(crate) fn holds_token(tools: Tools<'_>, subject: Subject<'_>, diary: &mut Diary<'_>) -> Finding {
    let (status, listed) = (status(tools, subject, diary), listed(tools, subject, diary));
    match (status, listed) {
        (Some(false), _) | (_, Some(false)) => Finding::DoesNotHold,
        (None, _) | (_, None) => Finding::Unreadable,
        (Some(true), Some(true)) => match probe::disk(tools, subject.trial, diary) {
            Disk::Opens => Finding::Proved,
            Disk::Refuses => Finding::DoesNotHold,
            Disk::Silent if subject.filevault_is_off => {
                diary.saw(
                    "fdesetup status",
                    "FileVault is off, so status and crypto users decide",
                );
                Finding::Listed
            }
            Disk::Silent | Disk::Forbidden => Finding::Unreadable,
        },
    }
}

fn status(tools: Tools<'_>, subject: Subject<'_>, diary: &mut Diary<'_>) -> Option<bool> {
    const BY: &str = "sysadminctl -secureTokenStatus";
    let account = subject.trial.name;
    match sysadminctl::token_status(tools.runner, account) {
        Ok(TokenStatus::Enabled) => {
            diary.saw(BY, format!("ENABLED for {account}"));
            Some(true)
        }
        Ok(TokenStatus::Disabled | TokenStatus::UnknownUser) => {
            diary.saw(BY, format!("not ENABLED for {account}"));
            Some(false)
        }
        Ok(other) => {
            diary.saw(
                BY,
                format!("no answer for {account}: {}", answers::token_status(&other)),
            );
            None
        }
        Err(error) => {
            diary.no_answer(BY, &error);
            None
        }
    }
}

fn listed(tools: Tools<'_>, subject: Subject<'_>, diary: &mut Diary<'_>) -> Option<bool> {
    const BY: &str = "diskutil apfs listCryptoUsers";
    match diskutil::crypto_users(tools.runner) {
        Ok(users) => {
            let listed = users
                .iter()
                .any(|user| user.uuid.eq_ignore_ascii_case(&subject.trial.account.guid));
            let saw = if listed {
                "the disk lists"
            } else {
                "the disk does not list"
            };
            diary.saw(BY, format!("{saw} {}", subject.trial.name));
            Some(listed)
        }
        Err(error) => {
            diary.no_answer(BY, &error);
            None
        }
    }
}
