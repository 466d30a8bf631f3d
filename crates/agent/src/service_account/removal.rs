//! The service account is deleted, by Apple's tool alone, which takes it off the disk as well.

use std::io;

use mac::sysadminctl::{self, Channel, HomeFolder};
use mac::{diskutil, dscl};
use trust::code::Code;

use super::Ended;
use super::custody::Work;
use crate::observe::Freshness;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::hand_on::refresh_preboot;

/// Deletes the account. That others can hand tokens on without it was seen before.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn remove(tools: Tools<'_>, guid: &str, diary: &mut Diary<'_>) -> io::Result<Ended> {
    const BY: &str = "sysadminctl -deleteUser";
    let name = super::name();
    tools.custody.begin(Work::Remove)?;
    // Its home is a folder of macOS, which must stay.
    match sysadminctl::delete_user(tools.runner, &name, HomeFolder::Keep, None, Channel::Pipe) {
        Ok(claim) => diary.saw(BY, format!("it says {claim:?}, which proves nothing")),
        Err(error) => diary.no_answer(BY, &error),
    }
    let record_gone = matches!(dscl::user(tools.runner, &name), Ok(None));
    let off_the_disk = diskutil::crypto_users(tools.runner)
        .is_ok_and(|users| !users.iter().any(|user| user.uuid.eq_ignore_ascii_case(guid)));
    diary.saw(
        "dscl -read",
        if record_gone {
            "the account is gone"
        } else {
            "the account is still there"
        },
    );
    diary.saw(
        "diskutil apfs listCryptoUsers",
        if off_the_disk {
            "the disk does not list it"
        } else {
            "the disk lists it"
        },
    );
    if !record_gone {
        tools.custody.over()?;
        return Ok(Ended::with(Code::ServiceAccountNotRemoved));
    }
    tools.custody.passwords.clear()?;
    tools.custody.memory.change(|memory| {
        (memory.local, memory.disk, memory.rotation_due_at) = (None, None, None);
        memory.tried.clear();
        memory.work = None;
    })?;
    refresh_preboot(tools, diary);
    tools.look(Freshness::Now);
    Ok(Ended::with(match off_the_disk {
        true => Code::ServiceAccountRemoved,
        false => Code::ServiceAccountNotRemoved,
    }))
}
