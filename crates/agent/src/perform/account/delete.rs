//! An account is deleted.

use mac::AccountName;
use mac::sysadminctl::HomeFolder;
use trust::action::DeleteAccount;
use trust::code::Code;
use trust::observation::{Account, CryptoUserKind, Observation};

use crate::perform::Tools;
use crate::perform::deletion::{self, Deleted};
use crate::perform::diary::Diary;

/// Deletes the account, and reads directory and disk back.
pub(super) fn delete(
    tools: Tools<'_>,
    name: &AccountName,
    account: &Account,
    wanted: &DeleteAccount,
    diary: &mut Diary<'_>,
) -> Code {
    let home = match wanted.remove_home {
        true => HomeFolder::Remove,
        false => HomeFolder::Keep,
    };
    match deletion::delete(tools, name, &account.guid, home, diary) {
        Deleted::Wholly => Code::AccountDeleted,
        Deleted::Forbidden => Code::FullDiskAccessMissing,
        Deleted::OnTheDisk | Deleted::NotAtAll => Code::AccountNotDeleted,
    }
}

/// The end of a deletion that an earlier run began, on a Mac without the account. Its GUID went with it, so that any key
/// of an account that nobody has may be its own.
pub(super) fn found_done(seen: &Observation) -> Code {
    let (Some(accounts), Some(keys)) = (seen.accounts.value(), seen.crypto_users.value()) else {
        return Code::StateUnreadable;
    };
    let has_account = |guid: &str| {
        let mut guids = accounts.iter().map(|account| &account.guid);
        guids.any(|other| other.eq_ignore_ascii_case(guid))
    };
    let orphan = keys
        .iter()
        .any(|key| key.kind == CryptoUserKind::LocalAccount && !has_account(&key.uuid));
    match orphan {
        true => Code::AccountNotDeleted,
        false => Code::AccountDeleted,
    }
}
