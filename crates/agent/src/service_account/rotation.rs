//! The service account gets a new password, in two phases: kept, set by the old one, proved at both doors, and only then in
//! force.

use std::io;

use mac::dscl;
use trust::code::Code;
use trust::observation::Observation;
use trust::service_account::{RECORD_NAME, rotation_due_at};

use super::custody::{Committed, Work};
use super::{Ended, establish, unfinished};
use crate::observe::Freshness;
use crate::password_policy::Outlook;
use crate::password_store::{Password, Slot};
use crate::perform::Tools;
use crate::perform::diary::Diary;

/// Gives the account a new password. Its present one is proved.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn rotate(
    tools: Tools<'_>,
    observation: &Observation,
    diary: &mut Diary<'_>,
) -> io::Result<Ended> {
    let name = super::name();
    let (Some(_), Some(current)) = (
        observation.account(RECORD_NAME),
        tools.custody.passwords.get(Slot::Current)?,
    ) else {
        return Ok(Ended::with(Code::ServiceAccountPasswordLost));
    };
    let new = match establish::new_password(tools, diary) {
        Ok(new) => new,
        Err(code) => return Ok(Ended::with(code)),
    };
    tools.custody.begin(Work::Rotate)?;
    tools.custody.passwords.stage(&new)?;
    match dscl::change_password(tools.runner, &name, &current.secret, &new.secret) {
        Ok(change) => diary.saw(
            "dscl -passwd",
            format!("it says {change:?}, which proves nothing"),
        ),
        Err(error) => diary.no_answer("dscl -passwd", &error),
    }
    let after = tools.look(Freshness::Now);
    if let Some(account) = after.account(RECORD_NAME) {
        unfinished::settle(tools, account, diary)?;
    }
    tools.custody.over()?;
    Ok(Ended::with(match was_committed(tools, &new) {
        true => Code::ServiceAccountRotated,
        false => Code::ServiceAccountNotRotated,
    }))
}

fn was_committed(tools: Tools<'_>, password: &Password) -> bool {
    let committed = tools.custody.remembered().committed;
    committed.is_some_and(|committed| committed.password == password.id)
}

/// The staged password was proved: it comes into force, and the next one becomes due.
pub(super) fn committed(tools: Tools<'_>, password: &Password, diary: &mut Diary<'_>) -> io::Result<()> {
    let custody = tools.custody;
    custody.passwords.commit()?;
    let jitter = custody.with_random(|random| random.next_u32());
    let expires_at = custody
        .outlook()
        .as_ref()
        .and_then(|outlook: &Outlook| outlook.expires_at(password.made_at));
    let now = tools.clock.now();
    custody.memory.change(|memory| {
        let days = memory
            .settings
            .as_ref()
            .map_or(30, |settings| settings.rotate_every_days);
        memory.rotation_due_at = Some(rotation_due_at(password.made_at, days, expires_at, jitter));
        memory.committed = Some(Committed {
            password: password.id.clone(),
            at: now,
            ordered_by: memory.ordered_by.take(),
        });
        memory.work = None;
        // What failed was tried with another password, or before there was an account.
        memory.tried.clear();
    })?;
    diary.saw(
        "keychain",
        "the password in force is kept, and so is the one before",
    );
    Ok(())
}
