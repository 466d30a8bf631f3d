//! Another recovery key: made by macOS, sealed to the vault and on the disk at once, and proved to open the disk.

use std::io;

use mac::Credential;
use mac::fdesetup::{self, FdesetupExit, KeyChange, KeyCheck, Unlock};
use secrecy::{ExposeSecret as _, SecretString};
use trust::code::Code;
use trust::escrow::recovery_key::is_recovery_key;
use trust::escrow::rotation::{SecondWay, may_begin};
use trust::id::ActionId;

use super::file;
use super::keeper::{KIND, Vault, Work};
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::probe::{self, Trial};

const CHANGE: &str = "fdesetup changerecovery";
const VALIDATE: &str = "fdesetup validaterecovery";

/// A key that was lost on the way is made good by another one at once. Where that is lost too, the Mac does not tell its keys.
const TRIES: u32 = 2;

/// What came of making one key.
enum Made {
    /// It is sealed and opens the disk.
    Proved,
    /// It is sealed; macOS did not say whether it opens the disk.
    Unproved,
    /// There may be one that nobody knows.
    Lost,
    /// Nothing changed.
    Refused,
}

/// Whether a key can be made now without being lost: the vault's key is known, and what is sealed to it will open.
pub(super) fn vault(tools: Tools<'_>, diary: &mut Diary<'_>) -> Option<Vault> {
    let Some(vault) = tools.custody.recovery_key.remembered().vault else {
        diary.saw("agent", "the server has not told the vault's key yet");
        return None;
    };
    let id = tools.custody.escrow_message_id();
    match tools
        .custody
        .seal_for_vault(&vault, KIND, id, &SecretString::from("-"))
    {
        Ok(_) => Some(vault),
        Err(error) => {
            diary.saw(
                "agent",
                format!("nothing can be sealed to the vault's key: {error}"),
            );
            None
        }
    }
}

/// Has macOS make another key by a password that was just proved at both doors, which is the second way to what may be lost. Where
/// macOS leaves its keys in a file, that mends a loss without another key.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn rotate(
    tools: Tools<'_>,
    trial: Trial<'_>,
    vault: &Vault,
    ordered_by: Option<ActionId>,
    diary: &mut Diary<'_>,
) -> io::Result<Code> {
    let keeper = &tools.custody.recovery_key;
    if !may_begin(vault.terms.recovery_key.state, &[SecondWay::ProvedPassword]) {
        return Ok(Code::RecoveryKeyNotRotated);
    }
    let mut was_lost = false;
    for _ in 0..TRIES {
        keeper.memory.change(|memory| {
            memory.work = Some(Work {
                ordered_by,
                sealed: None,
            });
        })?;
        match make(tools, trial, vault, diary)? {
            Made::Proved => return Ok(Code::RecoveryKeyRotated),
            Made::Unproved => {
                tools.custody.settle()?;
                return Ok(Code::RecoveryKeyUnproved);
            }
            Made::Refused => {
                keeper.memory.change(|memory| memory.work = None)?;
                break;
            }
            Made::Lost => {
                was_lost = true;
                tools.custody.settle()?;
                file::escrow(tools)?;
                if !keeper.remembered().is_owed() {
                    diary.saw("agent", "macOS has left a new key in the file of its escrow profile, which is sent to the vault");
                    return Ok(Code::RecoveryKeyUnproved);
                }
            }
        }
    }
    Ok(match was_lost {
        true => Code::RecoveryKeyUnknown,
        false => Code::RecoveryKeyNotRotated,
    })
}

fn make(tools: Tools<'_>, trial: Trial<'_>, vault: &Vault, diary: &mut Diary<'_>) -> io::Result<Made> {
    let key = match change(tools, trial, diary) {
        Asked::Answered(KeyChange::NewKey(key)) => key,
        Asked::Answered(KeyChange::DoneWithoutKey) => {
            diary.saw(CHANGE, "it says that it is done, and does not tell the key");
            return Ok(Made::Lost);
        }
        Asked::Answered(KeyChange::WrongCredential) => {
            diary.saw(CHANGE, format!("it refuses {}", trial.name));
            return Ok(Made::Refused);
        }
        Asked::Answered(KeyChange::Refused { reason, text }) => {
            diary.saw(CHANGE, format!("it refuses ({reason:?}): {text}"));
            return Ok(match had_begun(reason) {
                true => Made::Lost,
                false => Made::Refused,
            });
        }
        Asked::Silent => return Ok(Made::Lost),
        Asked::Barred => return Ok(Made::Refused),
    };
    if !is_recovery_key(key.expose_secret()) {
        diary.saw(CHANGE, "what it tells as the key does not look like one");
        return Ok(Made::Lost);
    }
    let id = tools.custody.escrow_message_id();
    let sealed = match tools.custody.seal_for_vault(vault, KIND, id, &key) {
        Ok(sealed) => sealed,
        Err(error) => {
            diary.saw("agent", format!("the key could not be sealed: {error}"));
            return Ok(Made::Lost);
        }
    };
    tools.custody.keep_sealed(id, sealed)?;
    diary.saw(CHANGE, "it tells a new key, which is sealed to the vault");
    match fdesetup::validate_recovery_key(tools.runner, &key) {
        Ok(KeyCheck::Right) => {
            diary.saw(VALIDATE, "the new key opens the disk");
            tools.custody.prove_sealed(id, tools.clock.now())?;
            Ok(Made::Proved)
        }
        Ok(KeyCheck::Wrong) => {
            diary.saw(VALIDATE, "what was told as the new key does not open the disk");
            tools.custody.recovery_key.memory.change(|memory| {
                memory.outbox.retain(|message| message.id != id);
                if let Some(work) = &mut memory.work {
                    work.sealed = None;
                }
            })?;
            Ok(Made::Lost)
        }
        Ok(KeyCheck::BadShape | KeyCheck::Unknown { .. }) => {
            diary.saw(VALIDATE, "it does not say whether the new key opens the disk");
            Ok(Made::Unproved)
        }
        Err(error) => {
            diary.no_answer(VALIDATE, &error);
            Ok(Made::Unproved)
        }
    }
}

/// What came of asking for another key.
enum Asked {
    /// The tool's answer.
    Answered(KeyChange),
    /// It was run, and it is not known what it did.
    Silent,
    /// It was not run: one more wrong password would be too many.
    Barred,
}

/// Runs the tool, which tries the password at the disk: that stands on the ledger as any try does.
fn change(tools: Tools<'_>, trial: Trial<'_>, diary: &mut Diary<'_>) -> Asked {
    let user = Credential {
        account: trial.name,
        password: trial.password,
    };
    let asked = probe::by_tool(tools, trial, diary, || {
        let change = fdesetup::change_recovery_key(tools.runner, Unlock::User(user));
        let taken = match &change {
            Ok(KeyChange::NewKey(_) | KeyChange::DoneWithoutKey) => Some(true),
            Ok(KeyChange::WrongCredential) => Some(false),
            Ok(KeyChange::Refused { .. }) | Err(_) => None,
        };
        (change, taken)
    });
    match asked {
        Some(Ok(change)) => Asked::Answered(change),
        Some(Err(error)) => {
            diary.no_answer(CHANGE, &error);
            Asked::Silent
        }
        None => Asked::Barred,
    }
}

/// Whether a refusal with this exit code may have come after the key was changed.
fn had_begun(reason: FdesetupExit) -> bool {
    matches!(
        reason,
        FdesetupExit::ChangeKeyFailed | FdesetupExit::Internal | FdesetupExit::Unknown(_)
    )
}
