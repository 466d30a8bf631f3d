//! Tries a password once, and says what that showed.

use mac::diskutil::DiskCheck;
use mac::dscl::PasswordCheck;
use mac::{AccountName, diskutil, dscl};
use secrecy::SecretString;

use super::Tools;
use super::diary::Diary;
use crate::answers;

const AUTHONLY: &str = "dscl -authonly";
const VERIFY: &str = "diskutil apfs unlockVolume -verify";

/// Whether Open Directory takes `password`; `None` when it could not be asked or would not say.
pub(super) fn local(
    tools: Tools<'_>,
    account: &AccountName,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Option<bool> {
    diary.tries_password();
    match dscl::check_password(tools.runner, account, password) {
        Ok(PasswordCheck::Right) => {
            diary.saw(AUTHONLY, format!("the password of {account} is right"));
            Some(true)
        }
        Ok(PasswordCheck::Wrong) => {
            diary.saw(AUTHONLY, format!("the password of {account} is wrong"));
            Some(false)
        }
        Ok(other) => {
            diary.saw(
                AUTHONLY,
                format!("no answer for {account}: {}", answers::password(&other)),
            );
            None
        }
        Err(error) => {
            diary.no_answer(AUTHONLY, &error);
            None
        }
    }
}

/// What the disk says to a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    /// It opens.
    Opens,
    /// It does not open.
    Refuses,
    /// The agent may not ask.
    Forbidden,
    /// It gave no answer that can be relied on.
    Silent,
}

/// Whether the disk opens with `password` as the crypto user `guid` of `account`.
pub(super) fn disk(
    tools: Tools<'_>,
    account: &AccountName,
    guid: &str,
    password: &SecretString,
    diary: &mut Diary<'_>,
) -> Disk {
    diary.tries_password();
    let (answer, saw) = match diskutil::verify_disk_password(tools.runner, guid, password) {
        Ok(DiskCheck::Right) => (Disk::Opens, format!("the password of {account} opens the disk")),
        Ok(DiskCheck::Wrong) => (
            Disk::Refuses,
            format!("the password of {account} does not open the disk"),
        ),
        Ok(DiskCheck::NoFullDiskAccess) => {
            (Disk::Forbidden, "macOS denies the agent the question".to_owned())
        }
        Ok(other) => (
            Disk::Silent,
            format!("no answer for {account}: {}", answers::disk(&other)),
        ),
        Err(error) => {
            diary.no_answer(VERIFY, &error);
            return Disk::Silent;
        }
    };
    diary.saw(VERIFY, saw);
    answer
}
