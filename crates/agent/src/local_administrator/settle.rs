//! Which password is in force, after a change or after a kill: only the Mac says. None is dropped before another is proved.

use std::io;

use mac::AccountName;
use mac::dscl;
use trust::code::Code;
use trust::observation::ProofResult;
use trust::service_account::{DeedKind, rotation_due_at};
use trust::time::Timestamp;
use wire::escrow::Told;

use super::keeper::{Task, Work};
use super::make::{self, Ended};
use super::trial::Subject;
use crate::observe::Freshness;
use crate::password_policy::Outlook;
use crate::password_store::Password;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::disk_password::tell_disk;
use crate::perform::probe::Disk;

/// What was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InForce {
    /// The password that was about to be set; whether the disk takes it too, where the account holds a token.
    New { is_proved: bool },
    /// The one before.
    Former,
    /// None that the agent keeps.
    Neither,
    /// The Mac gave no answer that can be relied on. It is asked again.
    Unknown,
}

impl InForce {
    /// How a rotation ended that has come to this.
    pub(super) fn after_rotation(self) -> Code {
        match self {
            Self::New { is_proved: true } => Code::LocalAdministratorRotated,
            Self::New { is_proved: false } | Self::Unknown => Code::LocalAdministratorUnproved,
            Self::Former | Self::Neither => Code::LocalAdministratorNotRotated,
        }
    }
}

/// Finishes or undoes what was begun. How it ended, unless it was never made and is begun anew.
///
/// # Errors
/// When something could not be put on the disk.
pub(super) fn finish(tools: Tools<'_>, diary: &mut Diary<'_>) -> io::Result<Option<(DeedKind, Ended)>> {
    let keeper = &tools.custody.local_administrator;
    let Some(work) = keeper.remembered().work else {
        return Ok(None);
    };
    let Task::Make { wanted } = &work.task else {
        let ended = Ended::with(settle(tools, diary)?.after_rotation());
        return Ok(Some((DeedKind::RotateLocalAdministrator, ended)));
    };
    let Ok(name) = AccountName::new(wanted.target.as_str()) else {
        keeper.abandoned()?;
        return Ok(None);
    };
    match dscl::user(tools.runner, &name) {
        Ok(None) => {
            keeper.abandoned()?;
            Ok(None)
        }
        Ok(Some(_)) => {
            let ended = make::go_on(tools, wanted, diary)?;
            Ok(Some((DeedKind::MakeLocalAdministrator, ended)))
        }
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            Ok(None)
        }
    }
}

/// Finds out which password is in force, the likelier one first, and keeps it as that.
///
/// # Errors
/// When something could not be put on the disk.
pub(super) fn settle(tools: Tools<'_>, diary: &mut Diary<'_>) -> io::Result<InForce> {
    let keeper = &tools.custody.local_administrator;
    let memory = keeper.remembered();
    let Some(work) = &memory.work else {
        return Ok(InForce::Former);
    };
    let kept = keeper.passwords.all()?;
    let Some(new) = kept.iter().find(|password| password.id == work.password) else {
        keeper.abandoned()?;
        return Ok(InForce::Former);
    };
    let former = kept
        .iter()
        .find(|password| password.id != new.id && work.task == Task::Rotate);
    let seen = tools.look(Freshness::Now);
    if seen.accounts.value().is_none() {
        return Ok(InForce::Unknown);
    }
    let Some(subject) = Subject::of(&seen, &memory) else {
        // It was deleted, and its passwords are of no use.
        keeper.abandoned()?;
        return Ok(InForce::Neither);
    };
    let seems_unchanged = memory.set_at.is_some() && memory.set_at == subject.account.password_set_at;
    let mut likely: Vec<&Password> = [Some(new), former].into_iter().flatten().collect();
    if seems_unchanged {
        likely.reverse();
    }
    for password in likely {
        match subject.local(tools, password, diary) {
            Some(true) if password.id == new.id => return took(tools, subject, new, former, diary),
            Some(true) => {
                keeper.abandoned()?;
                return Ok(InForce::Former);
            }
            Some(false) => {}
            None => return Ok(InForce::Unknown),
        }
    }
    lost(tools, work)?;
    Ok(InForce::Neither)
}

/// Open Directory takes the new password. Where the disk still takes the one before, it is told.
fn took(
    tools: Tools<'_>,
    subject: Subject<'_>,
    new: &Password,
    former: Option<&Password>,
    diary: &mut Diary<'_>,
) -> io::Result<InForce> {
    let keeper = &tools.custody.local_administrator;
    let account = subject.account;
    let has_token = subject.has_token();
    let mut disk = match has_token {
        true => subject.disk(tools, new, diary),
        false => Disk::Silent,
    };
    if disk == Disk::Refuses
        && let Some(former) = former
        && subject.disk(tools, former, diary) == Disk::Opens
    {
        tell_disk(tools, account, former, new, diary);
        keeper.memory.change(|memory| memory.rewrapped += 1)?;
        disk = subject.rewrapped().disk(tools, new, diary);
    }
    let now = tools.clock.now();
    match disk {
        Disk::Opens => tools.observer.remember_proof(account, ProofResult::Usable, now),
        Disk::Refuses => tools
            .observer
            .remember_proof(account, ProofResult::DiskRefused, now),
        Disk::Forbidden | Disk::Silent => {}
    }
    let is_proved = !has_token || disk == Disk::Opens;
    let due_at = due_at(tools, new);
    let wish = tools.custody.local_administrator_wish();
    keeper.committed(new, is_proved.then_some(now), |memory| {
        memory.set_at = account.password_set_at;
        memory.due_at = Some(due_at);
        memory.fulfilled = wish.or(memory.fulfilled);
    })?;
    Ok(InForce::New { is_proved })
}

/// Somebody else has changed the password: what the vault has is not in force.
pub(super) fn lost(tools: Tools<'_>, work: &Work) -> io::Result<()> {
    let keeper = &tools.custody.local_administrator;
    keeper.memory.change(|memory| {
        memory.outbox.retain(|message| message.id != work.message);
        memory.work = None;
    })?;
    keeper.passwords.unstage()?;
    told_lost(tools)
}

/// None of the kept passwords is in force; the vault is told so, once.
pub(super) fn told_lost(tools: Tools<'_>) -> io::Result<()> {
    let keeper = &tools.custody.local_administrator;
    if keeper.remembered().is_lost {
        return Ok(());
    }
    keeper.tell(tools.custody.escrow_message_id(), Told::KeyUnknown)?;
    keeper.memory.change(|memory| {
        memory.is_lost = true;
        memory.in_vault = None;
    })
}

fn due_at(tools: Tools<'_>, password: &Password) -> Timestamp {
    let days = tools
        .custody
        .local_administrator_settings()
        .map_or(30, |settings| settings.rotate_every_days);
    let expires_at = tools
        .custody
        .outlook()
        .as_ref()
        .and_then(|outlook: &Outlook| outlook.expires_at(password.made_at));
    let jitter = tools.custody.with_random(|random| random.next_u32());
    rotation_due_at(password.made_at, days, expires_at, jitter)
}
