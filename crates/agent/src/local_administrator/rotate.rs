//! Another password, in two phases: kept and sealed, set by the one before, proved at both doors, and only then in force.

use std::io;

use mac::dscl;
use trust::code::Code;
use trust::id::EscrowMessageId;
use trust::local_administrator::Settings;
use wire::seal::Sealed;

use super::keeper::{KIND, Task};
use super::settle::{settle, told_lost};
use super::trial::Subject;
use crate::observe::Freshness;
use crate::password_policy::draw_of;
use crate::password_store::{Password, Slot};
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::new_password::drawn;
use crate::recovery_key::Vault;

/// Gives the account another password by the one that it has, which is tried first: somebody else may have changed it.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn rotate(
    tools: Tools<'_>,
    settings: &Settings,
    vault: &Vault,
    diary: &mut Diary<'_>,
) -> io::Result<Code> {
    let keeper = &tools.custody.local_administrator;
    let seen = tools.look(Freshness::Now);
    let (Some(subject), Some(former)) = (
        Subject::of(&seen, &keeper.remembered()),
        keeper.passwords.get(Slot::Current)?,
    ) else {
        return Ok(Code::LocalAdministratorNotRotated);
    };
    match subject.local(tools, &former, diary) {
        Some(true) => {}
        // Without a token root sets another one, whatever it was.
        Some(false) if !subject.has_token() => {}
        Some(false) => {
            told_lost(tools)?;
            return Ok(Code::LocalAdministratorNotRotated);
        }
        None => return Ok(Code::LocalAdministratorNotRotated),
    }
    let Some((new, message)) = drawn_and_sealed(tools, settings, vault, diary) else {
        return Ok(Code::LocalAdministratorNotRotated);
    };
    keeper.begin(Task::Rotate, &new, message)?;
    match dscl::change_password(tools.runner, &subject.name, &former.secret, &new.secret) {
        Ok(change) => diary.saw(
            "dscl -passwd",
            format!("it says {change:?}, which proves nothing"),
        ),
        Err(error) => diary.no_answer("dscl -passwd", &error),
    }
    Ok(settle(tools, diary)?.after_rotation())
}

/// A password as the organisation wants it, that the Mac's policy takes, with the message that brings it to the vault.
pub(super) fn drawn_and_sealed(
    tools: Tools<'_>,
    settings: &Settings,
    vault: &Vault,
    diary: &mut Diary<'_>,
) -> Option<(Password, (EscrowMessageId, Sealed))> {
    let like = (settings.alphabet.characters(), settings.length);
    let password = drawn(tools, diary, |policy, mut random| {
        draw_of(policy, settings.account.as_str(), like, &mut random)
    });
    let password = password.ok()?;
    let message = sealed(tools, vault, &password, diary)?;
    Some((password, message))
}

/// A password, sealed for a message to the vault.
pub(super) fn sealed(
    tools: Tools<'_>,
    vault: &Vault,
    password: &Password,
    diary: &mut Diary<'_>,
) -> Option<(EscrowMessageId, Sealed)> {
    let id = tools.custody.escrow_message_id();
    match tools.custody.seal_for_vault(vault, KIND, id, &password.secret) {
        Ok(sealed) => Some((id, sealed)),
        Err(error) => {
            diary.saw(
                "agent",
                format!("nothing can be sealed to the vault's key: {error}"),
            );
            None
        }
    }
}
