//! A rotation that an administrator asked for, carried out.

use std::io;

use mac::AccountName;
use secrecy::SecretString;
use trust::action::{Action, RotateRecoveryKey};
use trust::code::Code;
use trust::id::ActionId;
use trust::name::AccountName as Name;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};

use super::rotate::{rotate, vault};
use crate::observe::Freshness;
use crate::perform::diary::Diary;
use crate::perform::probe::Trial;
use crate::perform::{Tools, passwords};
use crate::service_account;

/// One order with its opened secret.
pub(crate) struct Order<'a> {
    pub(crate) id: ActionId,
    pub(crate) rotate: &'a RotateRecoveryKey,
    /// The password of the account that opens the disk; `None` where it is the service account's.
    pub(crate) secret: Option<SecretString>,
    /// An earlier run may have changed the Mac already.
    pub(crate) resumed: bool,
}

/// Carries the order out, and proves its end.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(crate) fn carry_out(
    tools: Tools<'_>,
    order: &Order<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    if tools.custody.settle()?.is_some() {
        diary.saw(
            "journal",
            "an earlier run was cut off: the key that it made is lost or not proved",
        );
    }
    if order.resumed && tools.custody.recovery_key.remembered().done == Some(order.id) {
        diary.saw("journal", "an earlier run has sealed the new key and proved it");
        return Ok(diary.outcome(Code::RecoveryKeyRotated, true));
    }
    let mut touched = order.resumed;
    let mut touch = || {
        touched = true;
        before_touching()
    };
    let code = match (&order.rotate.administrator, &order.secret) {
        (Some(holder), Some(password)) => by_holder(tools, order, (holder, password), diary, &mut touch)?,
        (None, _) => by_service_account(tools, order.rotate, Some(order.id), diary, &mut touch)?,
        (Some(_), None) => Code::CredentialStale,
    };
    Ok(diary.outcome(code, touched))
}

/// Rotates by the service account, whose password is proved now.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn by_service_account(
    tools: Tools<'_>,
    asked: &RotateRecoveryKey,
    ordered_by: Option<ActionId>,
    diary: &mut Diary<'_>,
    touch: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Code> {
    let seen = service_account::seen_and_proved(tools, diary)?;
    if let Some(code) = refusal(asked, &seen, Knowledge::NONE) {
        return Ok(code);
    }
    let Some(vault) = vault(tools, diary) else {
        return Ok(Code::VaultNotReached);
    };
    service_account::with_proved_password(tools, &seen, diary, |trial, diary| {
        touch()?;
        rotate(tools, trial, &vault, ordered_by, diary)
    })
}

/// Plans, tries the holder's password once at both doors, plans again, and rotates by it.
fn by_holder(
    tools: Tools<'_>,
    order: &Order<'_>,
    (holder, password): (&Name, &SecretString),
    diary: &mut Diary<'_>,
    touch: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Code> {
    let seen = tools.look(Freshness::Now);
    let mut known = Knowledge::NONE;
    if let Some(code) = refusal(order.rotate, &seen, known) {
        return Ok(code);
    }
    let Some(vault) = vault(tools, diary) else {
        return Ok(Code::VaultNotReached);
    };
    let (Ok(name), Some(account)) = (AccountName::new(holder.as_str()), seen.account(holder.as_str())) else {
        return Ok(Code::StateUnreadable);
    };
    passwords::try_administrator(tools, &name, account, password, &mut known, diary);
    if let Some(code) = refusal(order.rotate, &seen, known) {
        return Ok(code);
    }
    if (known.administrator_local, known.administrator_disk) != (Some(true), Some(true)) {
        // Nothing would mend a key that is lost on the way.
        return Ok(Code::StateUnreadable);
    }
    touch()?;
    let trial = Trial::typed(&name, account, password);
    rotate(tools, trial, &vault, Some(order.id), diary)
}

fn refusal(asked: &RotateRecoveryKey, seen: &Observation, knowledge: Knowledge) -> Option<Code> {
    let situation = Situation {
        observation: Some(seen),
        online: true,
        knowledge,
    };
    Plan::for_action(&Action::RotateRecoveryKey(asked.clone()), &situation).refusal()
}
