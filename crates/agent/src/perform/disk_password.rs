//! The disk is told a password that Open Directory has taken already.

use mac::diskutil;
use trust::observation::Account;

use super::Tools;
use super::diary::Diary;
use crate::password_store::Password;

/// Tells the disk the new password by the one before, which opens it. What it says proves nothing.
pub(crate) fn tell_disk(
    tools: Tools<'_>,
    account: &Account,
    before: &Password,
    password: &Password,
    diary: &mut Diary<'_>,
) {
    const BY: &str = "diskutil apfs changePassphrase";
    match diskutil::change_disk_password(tools.runner, &account.guid, &before.secret, &password.secret) {
        Ok(change) => diary.saw(BY, format!("it says {change:?}, which proves nothing")),
        Err(error) => diary.no_answer(BY, &error),
    }
}
