//! What a killed agent left behind is finished or undone, before anything else is done.

use std::io;

use mac::dscl;
use mac::sysadminctl::{self, Channel, HomeFolder};
use trust::observation::{Account, PasswordAnswer, TokenLabel};
use trust::service_account::RECORD_NAME;

use super::custody::Work;
use super::proofs::{self, Candidate};
use super::rotation;
use crate::observe::Freshness;
use crate::password_store::{Password, Slot};
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::disk_password::tell_disk;
use crate::perform::probe::Disk;

/// Finishes or undoes what was begun.
///
/// # Errors
/// When something could not be put on the disk.
pub(crate) fn finish(tools: Tools<'_>, diary: &mut Diary<'_>) -> io::Result<()> {
    let Some(work) = tools.custody.remembered().work else {
        return Ok(());
    };
    let now = tools.look(Freshness::Now);
    if now.accounts.value().is_none() {
        // It is asked again at the next step.
        return Ok(());
    }
    let Some(account) = now.account(RECORD_NAME) else {
        if work == Work::Create {
            // A record that was just begun has no number yet, and is not seen among the accounts.
            if !delete(tools, diary) {
                return Ok(());
            }
        }
        if work == Work::Remove {
            tools.custody.passwords.clear()?;
        } else {
            tools.custody.passwords.unstage()?;
        }
        return tools.custody.over();
    };
    match account.token_label.value() {
        // Nobody is left to help it on: what has no token yet is made anew when a holder comes.
        Some(TokenLabel::Disabled) if work == Work::Create => {
            if delete(tools, diary) {
                tools.custody.passwords.unstage()?;
            }
        }
        _ => settle(tools, account, diary)?,
    }
    tools.custody.over()
}

/// Deletes what has no token, by Apple's tool. Answers whether it is gone.
fn delete(tools: Tools<'_>, diary: &mut Diary<'_>) -> bool {
    let name = super::name();
    if matches!(dscl::user(tools.runner, &name), Ok(None)) {
        return true;
    }
    let deleted = sysadminctl::delete_user(tools.runner, &name, HomeFolder::Keep, None, Channel::Pipe);
    diary.saw("sysadminctl -deleteUser", format!("it says {deleted:?}"));
    matches!(dscl::user(tools.runner, &name), Ok(None))
}

/// Finds out which of the kept passwords is in force, the likelier one first, and puts the slots in order. None is dropped
/// before another is proved now: that the password was not set since the last proof is a hint, for two changes can bear one
/// date.
pub(super) fn settle(tools: Tools<'_>, account: &Account, diary: &mut Diary<'_>) -> io::Result<()> {
    let passwords = &tools.custody.passwords;
    let (Some(staged), current) = (passwords.get(Slot::Staged)?, passwords.get(Slot::Current)?) else {
        return Ok(());
    };
    let local = tools.custody.remembered().local;
    let seems_unchanged = local.is_some_and(|proof| {
        proof.password_set_at == account.password_set_at && proof.answer == PasswordAnswer::Right
    });
    let opens =
        |password: &Password, diary: &mut Diary<'_>| Candidate::new(account, password).local(tools, diary);
    if let Some(current) = current.as_ref().filter(|_| seems_unchanged)
        && opens(current, diary) == Some(true)
    {
        return passwords.unstage();
    }
    let staged_opens = opens(&staged, diary);
    if staged_opens == Some(true) {
        let disk = disk_follows(tools, account, current.as_ref(), &staged, diary)?;
        proofs::keep(tools, account, Some(true), disk)?;
        return rotation::committed(tools, &staged, diary);
    }
    match current {
        None => proofs::keep(tools, account, staged_opens, Disk::Silent),
        Some(current) if !seems_unchanged => {
            match proofs::prove(tools, Candidate::new(account, &current), diary)?.0 {
                Some(true) => passwords.unstage(),
                Some(false) | None => Ok(()),
            }
        }
        Some(_) => Ok(()),
    }
}

/// Whether the disk takes `password`, which Open Directory does. Where it still takes the one before, it is told.
pub(super) fn disk_follows(
    tools: Tools<'_>,
    account: &Account,
    before: Option<&Password>,
    password: &Password,
    diary: &mut Diary<'_>,
) -> io::Result<Disk> {
    let disk = Candidate::new(account, password).disk(tools, diary);
    match (disk, before) {
        (Disk::Refuses, Some(before)) if before.id != password.id => {
            rewrap(tools, account, before, password, diary)
        }
        _ => Ok(disk),
    }
}

/// The disk refuses `password`. Where it takes the one before, it is told the new one.
pub(super) fn rewrap(
    tools: Tools<'_>,
    account: &Account,
    before: &Password,
    password: &Password,
    diary: &mut Diary<'_>,
) -> io::Result<Disk> {
    if Candidate::new(account, before).disk(tools, diary) != Disk::Opens {
        return Ok(Disk::Refuses);
    }
    tell_disk(tools, account, before, password, diary);
    tools.custody.rewrapped()?;
    Ok(Candidate::new(account, password).disk(tools, diary))
}
