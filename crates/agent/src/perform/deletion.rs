//! An account is deleted, by Apple's tool alone, which takes it off the disk as well. Deleting the record by hand would leave
//! a key that belongs to nobody.

use mac::sysadminctl::{self, Channel, DeleteUserClaim, HomeFolder};
use mac::{AccountName, diskutil, dscl};

use super::Tools;
use super::claims;
use super::diary::Diary;

/// What reading the Mac back showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deleted {
    /// Neither the directory nor the disk has it any more.
    Wholly,
    /// The record is gone, and the disk still lists it or does not tell.
    OnTheDisk,
    /// macOS does not let the agent delete accounts.
    Forbidden,
    /// The record is still there, or the directory does not tell.
    NotAtAll,
}

/// Deletes the account and reads the Mac back. That the chain stays whole was seen before.
pub(crate) fn delete(
    tools: Tools<'_>,
    name: &AccountName,
    guid: &str,
    home: HomeFolder,
    diary: &mut Diary<'_>,
) -> Deleted {
    const BY: &str = "sysadminctl -deleteUser";
    let claim = sysadminctl::delete_user(tools.runner, name, home, None, Channel::Pipe);
    match &claim {
        Ok(claim) => {
            let said = claims::delete_user_words(claim);
            diary.saw(BY, format!("it says {said}, which proves nothing"));
        }
        Err(error) => diary.no_answer(BY, error),
    }
    let record_gone = matches!(dscl::user(tools.runner, name), Ok(None));
    let saw = match record_gone {
        true => "the account is gone",
        false => "the account is still there",
    };
    diary.saw("dscl -read", saw);
    let off_the_disk = diskutil::crypto_users(tools.runner)
        .is_ok_and(|users| !users.iter().any(|user| user.uuid.eq_ignore_ascii_case(guid)));
    let saw = match off_the_disk {
        true => "the disk does not list it",
        false => "the disk lists it",
    };
    diary.saw("diskutil apfs listCryptoUsers", saw);
    match (record_gone, off_the_disk, claim) {
        (true, true, _) => Deleted::Wholly,
        (true, false, _) => Deleted::OnTheDisk,
        (false, _, Ok(DeleteUserClaim::NoFullDiskAccess { .. })) => Deleted::Forbidden,
        (false, ..) => Deleted::NotAtAll,
    }
}
