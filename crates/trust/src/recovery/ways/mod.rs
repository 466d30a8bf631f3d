//! Each way back, judged by what was seen: one file for each.

mod another_holder;
mod apple_account;
mod bootstrap_token;
mod erase;
mod first_token;
mod former_password;
mod institutional_key;
mod password_reset;
mod personal_key;

pub(super) use institutional_key::opens as institutional_key_opens;

use super::machine::Machine;
use super::{Way, WayBack};
use crate::chain::Member;
use crate::observation::{FileVault, Observation};

/// How a way stands on a Mac.
pub(super) fn judge(
    way: Way,
    observation: &Observation,
    members: &[Member<'_>],
    machine: &Machine<'_>,
) -> WayBack {
    match way {
        Way::AnotherHolder => another_holder::judge(members, machine),
        Way::FirstToken => first_token::judge(observation, members, machine),
        Way::BootstrapToken => bootstrap_token::judge(observation, machine),
        Way::FormerPassword => former_password::judge(members, machine),
        Way::PersonalRecoveryKey => personal_key::judge(observation, machine),
        Way::PasswordReset => password_reset::judge(machine),
        Way::InstitutionalRecoveryKey => institutional_key::judge(observation, machine),
        Way::AppleAccount => apple_account::judge(machine),
        Way::Erase => erase::judge(machine),
    }
}

/// Why no recovery key helps, where FileVault asks for none.
fn no_key_is_asked_for(filevault: Option<FileVault>) -> Option<String> {
    let state = filevault.filter(|state| !state.locks_the_disk())?;
    Some(format!("FileVault is {}: no key is asked for.", state.label()))
}

/// What FileVault and the disk say of a recovery key.
enum Key {
    /// Both say that there is one.
    There,
    /// Both say that there is none.
    NotThere,
    /// They contradict each other, or one of them told nothing: what is known, in a sentence.
    Unclear(String),
}

/// Weighs what FileVault says against what the disk lists. FileVault says no as well when it does not know.
fn weigh(fdesetup: Option<bool>, disk: Option<bool>) -> Key {
    match (fdesetup, disk) {
        (Some(true), Some(true)) => Key::There,
        (Some(false), Some(false)) => Key::NotThere,
        (Some(true), Some(false)) => {
            Key::Unclear("FileVault says that there is one, but the disk lists none.".to_owned())
        }
        (Some(false), Some(true)) => Key::Unclear(
            "The disk lists one, but FileVault says that there is none, as it also does when it cannot tell."
                .to_owned(),
        ),
        (Some(true), None) => {
            Key::Unclear("FileVault says that there is one; the disk was not asked.".to_owned())
        }
        (None, Some(true)) => Key::Unclear("The disk lists one; FileVault was not asked.".to_owned()),
        (Some(false), None) => Key::Unclear(
            "FileVault says that there is none, as it also does when it cannot tell; the disk was not asked."
                .to_owned(),
        ),
        (None, Some(false)) => Key::Unclear("The disk lists none; FileVault was not asked.".to_owned()),
        (None, None) => Key::Unclear("The Mac did not tell whether there is one.".to_owned()),
    }
}
