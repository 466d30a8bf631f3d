//! Tries the passwords of an order, each once, and stops at the first that is wrong: every failure counts towards a
//! lock-out.

use mac::AccountName;
use secrecy::SecretString;
use trust::observation::{Account, ProofResult};
use trust::plan::Knowledge;

use super::Tools;
use super::diary::Diary;
use super::probe::{self, Disk, Trial};

/// Tries the administrator's password: first Open Directory, then the disk. Answers whether to go on.
pub(crate) fn try_administrator(
    tools: Tools<'_>,
    name: &AccountName,
    account: &Account,
    password: &SecretString,
    knowledge: &mut Knowledge,
    diary: &mut Diary<'_>,
) -> bool {
    let trial = Trial::typed(name, account, password);
    knowledge.administrator_locked = trial.is_locked(tools);
    knowledge.administrator_local = probe::local(tools, trial, diary);
    if knowledge.administrator_locked || knowledge.administrator_local == Some(false) {
        return false;
    }
    let directory_said_yes = knowledge.administrator_local == Some(true);
    let remember = |result| {
        if directory_said_yes {
            tools.observer.remember_proof(account, result, tools.clock.now());
        }
    };
    match probe::disk(tools, trial, diary) {
        Disk::Opens => {
            knowledge.full_disk_access = Some(true);
            knowledge.administrator_disk = Some(true);
            remember(ProofResult::Usable);
            true
        }
        Disk::Refuses => {
            knowledge.full_disk_access = Some(true);
            remember(ProofResult::DiskRefused);
            if directory_said_yes {
                knowledge.administrator_disk = Some(false);
            } else {
                // Without Open Directory's yes, a no of the disk may just be a wrong password.
                knowledge.administrator_local = Some(false);
            }
            false
        }
        Disk::Forbidden => {
            knowledge.full_disk_access = Some(false);
            false
        }
        Disk::Silent => true,
    }
}

/// Tries the target's password against Open Directory.
pub(crate) fn try_target(
    tools: Tools<'_>,
    name: &AccountName,
    account: &Account,
    password: &SecretString,
    knowledge: &mut Knowledge,
    diary: &mut Diary<'_>,
) {
    let trial = Trial::typed(name, account, password);
    knowledge.target_locked = trial.is_locked(tools);
    knowledge.target_local = probe::local(tools, trial, diary);
}
