//! `sysadminctl -deleteUser`.

use super::channel::{Asked, administrator};
use super::{Channel, Claim, DELETE_TIMEOUT, Message, ask};
use crate::open_directory::DsStatus;
use crate::{AccountName, Arg, Credential, Error, Feed, Runner, Tool};

/// What becomes of the home folder of a deleted account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HomeFolder {
    /// It stays.
    Keep,
    /// It is removed.
    Remove,
    /// It is removed, and what it held is overwritten where the disk can.
    RemoveSecurely,
}

/// What the tool says to deleting an account. A claim: read the record back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeleteUserClaim {
    /// It says that it deleted the record.
    SaysDeleted,
    /// It must not delete the last administrator or the last holder of a token. Nothing was touched.
    LastOfItsKind,
    /// The agent lacks Full Disk Access: the record is still there.
    NoFullDiskAccess {
        /// Whether the tool says that it removed the home folder before it found out.
        home_removed: bool,
    },
    /// It was not done.
    Refused(Claim),
}

/// Deletes an account. Run as root, or with the credential of an administrator.
///
/// # Errors
/// When the tool could not be run to its end, or a password cannot take this channel.
pub fn delete_user(
    runner: &dyn Runner,
    account: &AccountName,
    home: HomeFolder,
    authoriser: Option<Credential<'_>>,
    channel: Channel,
) -> Result<DeleteUserClaim, Error> {
    let name = Arg::value(account.as_str()).map_err(Error::bad_arg(Tool::Sysadminctl))?;
    let mut args = vec![Arg::from("-deleteUser"), name];
    match home {
        HomeFolder::Keep => args.push(Arg::from("-keepHome")),
        HomeFolder::Remove => {}
        HomeFolder::RemoveSecurely => args.push(Arg::from("-secure")),
    }
    args.extend(administrator(authoriser)?);
    let asked: Vec<_> = authoriser.into_iter().map(Asked::Of).collect();
    let feed = if asked.is_empty() {
        Ok(Feed::nothing())
    } else {
        channel.feed(&asked)
    };
    let feed = feed.map_err(Error::unfeedable(Tool::Sysadminctl))?;
    Ok(DeleteUserClaim::from(
        ask(runner, args, feed, DELETE_TIMEOUT)?.as_slice(),
    ))
}

impl From<&[Message]> for DeleteUserClaim {
    fn from(messages: &[Message]) -> Self {
        if messages.contains(&Message::DirectoryStatus(DsStatus::PERMISSION_ERROR)) {
            return Self::NoFullDiskAccess {
                home_removed: messages.contains(&Message::RemovingHome),
            };
        }
        match Claim::from(messages) {
            Claim::LastOfItsKind => Self::LastOfItsKind,
            Claim::Silent | Claim::SaysDone if messages.contains(&Message::DeletingRecord) => {
                Self::SaysDeleted
            }
            claim => Self::Refused(claim),
        }
    }
}
