//! Tries a password once, and says what that showed. Every try is on the ledger before it is made.

use mac::diskutil::DiskCheck;
use mac::dscl::PasswordCheck;
use mac::{AccountName, diskutil, dscl};
use secrecy::SecretString;
use trust::lock_out::LockOutRule;
use trust::observation::Account;
use trust::service_account::attempts::{Cause, Door, Ticket, Try, not_locked};

use super::Tools;
use super::diary::Diary;
use crate::answers;

const AUTHONLY: &str = "dscl -authonly";
const VERIFY: &str = "diskutil apfs unlockVolume -verify";

/// A password to try, and who asks.
#[derive(Clone, Copy)]
pub(crate) struct Trial<'a> {
    pub(crate) name: &'a AccountName,
    pub(crate) account: &'a Account,
    pub(crate) password: &'a SecretString,
    /// Which password it is, without telling anything about it.
    pub(crate) credential: &'a str,
    pub(crate) cause: Cause,
}

impl<'a> Trial<'a> {
    /// Whether macOS has locked the account, so that nothing may be tried.
    pub(crate) fn is_locked(self, tools: Tools<'_>) -> bool {
        not_locked(self.account.lock_out, tools.clock.now()).is_err()
    }

    /// A password that a person typed, for this order or at this login.
    pub(crate) fn typed(name: &'a AccountName, account: &'a Account, password: &'a SecretString) -> Self {
        Self {
            name,
            account,
            password,
            credential: "typed",
            cause: Cause::Person,
        }
    }
}

/// Lets a tool ask the disk on its own account, with the try on the ledger before it does. `ask` answers what came of it, and whether
/// the disk took the password, where that showed. `None` when the ledger bars the try.
pub(crate) fn by_tool<T>(
    tools: Tools<'_>,
    trial: Trial<'_>,
    diary: &mut Diary<'_>,
    ask: impl FnOnce() -> (T, Option<bool>),
) -> Option<T> {
    let ticket = begin(tools, trial, Door::Disk, diary)?;
    let (answer, taken) = ask();
    end(tools, &ticket, taken);
    Some(answer)
}

/// Whether Open Directory takes the password; `None` when it could not be asked or would not say.
pub(crate) fn local(tools: Tools<'_>, trial: Trial<'_>, diary: &mut Diary<'_>) -> Option<bool> {
    let ticket = begin(tools, trial, Door::Local, diary)?;
    let taken = ask_directory(tools, trial, diary);
    end(tools, &ticket, taken);
    taken
}

fn ask_directory(tools: Tools<'_>, trial: Trial<'_>, diary: &mut Diary<'_>) -> Option<bool> {
    let account = trial.name;
    match dscl::check_password(tools.runner, account, trial.password) {
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
pub(crate) enum Disk {
    /// It opens.
    Opens,
    /// It does not open.
    Refuses,
    /// The agent may not ask.
    Forbidden,
    /// It gave no answer that can be relied on.
    Silent,
}

/// Whether the disk opens with the password as the account's crypto user.
pub(crate) fn disk(tools: Tools<'_>, trial: Trial<'_>, diary: &mut Diary<'_>) -> Disk {
    let Some(ticket) = begin(tools, trial, Door::Disk, diary) else {
        return Disk::Silent;
    };
    let answer = ask_disk(tools, trial, diary);
    let taken = match answer {
        Disk::Opens => Some(true),
        Disk::Refuses => Some(false),
        Disk::Forbidden | Disk::Silent => None,
    };
    end(tools, &ticket, taken);
    answer
}

fn ask_disk(tools: Tools<'_>, trial: Trial<'_>, diary: &mut Diary<'_>) -> Disk {
    let account = trial.name;
    let (answer, saw) =
        match diskutil::verify_disk_password(tools.runner, &trial.account.guid, trial.password) {
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

/// Puts the try on the ledger; `None` when the ledger bars it, or could not be written: then nothing may be tried.
fn begin(tools: Tools<'_>, trial: Trial<'_>, door: Door, diary: &mut Diary<'_>) -> Option<Ticket> {
    let planned = match planned(tools, trial, door) {
        Ok(planned) => planned,
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            return None;
        }
    };
    let budget = tools.custody.machine_attempts();
    let may = not_locked(trial.account.lock_out, planned.at)
        .and_then(|()| tools.custody.attempts.get().may_try(&planned, budget));
    if let Err(barred) = may {
        diary.saw(
            "ledger of tries",
            format!("{} is not tried: {barred}", trial.name),
        );
        return None;
    }
    let mut ticket = None;
    let kept = tools
        .custody
        .attempts
        .change(|ledger| ticket = Some(ledger.begin(planned)));
    if let Err(error) = kept {
        diary.saw("ledger of tries", format!("it could not be written: {error}"));
        return None;
    }
    diary.tries_password();
    ticket
}

/// Whether one more wrong password of the account would be one too many: the policy would lock it, or the disk has refused it as
/// often as it may before the next restart. Where Open Directory does not say how many it has counted, it may be.
pub(crate) fn next_may_do_harm(tools: Tools<'_>, trial: Trial<'_>, diary: &mut Diary<'_>) -> bool {
    let is_spent = planned(tools, trial, Door::Disk).is_ok_and(|planned| {
        let ledger = tools.custody.attempts.get();
        ledger
            .may_try(&planned, tools.custody.machine_attempts())
            .is_err()
    });
    let rule = tools.custody.lock_out_rule();
    let may_lock = match counted(tools, trial.name) {
        Ok(counted) => rule.next_may_lock(counted),
        Err(error) => {
            diary.no_answer("dscl -read", &error);
            matches!(rule, LockOutRule::Locks { .. })
        }
    };
    is_spent || may_lock
}

/// The try, as the ledger has it.
///
/// # Errors
/// When a machine is about to try, and Open Directory does not say how many wrong passwords it has counted.
pub(crate) fn planned(tools: Tools<'_>, trial: Trial<'_>, door: Door) -> Result<Try, mac::Error> {
    let is_limited = tools.custody.machine_attempts().is_some();
    let counted = match (door, trial.cause) {
        (Door::Local, Cause::Machine) if is_limited => counted(tools, trial.name)?,
        _ => 0,
    };
    Ok(Try {
        account: trial.account.guid.clone(),
        door,
        credential: trial.credential.to_owned(),
        cause: trial.cause,
        password_set_at: trial.account.password_set_at,
        booted_at: tools.custody.booted_at(),
        at: tools.clock.now(),
        counted,
    })
}

/// Wrong passwords in a row that Open Directory has counted: anybody may have typed them.
fn counted(tools: Tools<'_>, account: &AccountName) -> Result<u32, mac::Error> {
    let record = dscl::user(tools.runner, account)?;
    let count = record.and_then(|record| record.policy.failed_login_count);
    Ok(u32::try_from(count.unwrap_or_default()).unwrap_or(u32::MAX))
}

/// A failure to write an end down leaves the try counted as refused, which is safe.
fn end(tools: Tools<'_>, ticket: &Ticket, taken: Option<bool>) {
    if let Err(error) = tools.custody.attempts.change(|ledger| ledger.end(ticket, taken)) {
        tracing::warn!(%error, "the end of a try could not be kept");
    }
}
