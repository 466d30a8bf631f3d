//! The service account is deleted, and what the agent keeps of it.

use std::io;

use mac::sysadminctl::HomeFolder;
use trust::code::Code;

use super::Ended;
use super::custody::Work;
use crate::observe::Freshness;
use crate::perform::Tools;
use crate::perform::deletion::{self, Deleted};
use crate::perform::diary::Diary;
use crate::perform::hand_on::refresh_preboot;

/// Deletes the account. That others can hand tokens on without it was seen before.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn remove(tools: Tools<'_>, guid: &str, diary: &mut Diary<'_>) -> io::Result<Ended> {
    let name = super::name();
    tools.custody.begin(Work::Remove)?;
    // Its home is a folder of macOS, which must stay.
    let deleted = deletion::delete(tools, &name, guid, HomeFolder::Keep, diary);
    if matches!(deleted, Deleted::NotAtAll | Deleted::Forbidden) {
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
    Ok(Ended::with(match deleted {
        Deleted::Wholly => Code::ServiceAccountRemoved,
        Deleted::OnTheDisk | Deleted::NotAtAll | Deleted::Forbidden => Code::ServiceAccountNotRemoved,
    }))
}
