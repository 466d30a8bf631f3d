//! The rungs of the repair ladder that the agent goes.

use std::io;

use trust::code::Code;
use trust::observation::Observation;
use trust::service_account::{RECORD_NAME, Rung, Status, condition};

use super::proofs::{self, Candidate};
use super::{Ended, record, unfinished};
use crate::observe::Freshness;
use crate::password_store::Slot;
use crate::perform::Tools;
use crate::perform::diary::Diary;

/// Goes a rung that needs nobody's password.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn alone(
    tools: Tools<'_>,
    rung: Rung,
    observation: &Observation,
    diary: &mut Diary<'_>,
) -> io::Result<Ended> {
    match rung {
        Rung::Retry => again(tools, observation, diary)?,
        Rung::PreviousPassword => back(tools, observation, diary)?,
        Rung::OtherHolder | Rung::HolderLogin | Rung::Utility | Rung::Recovery => {}
    }
    conclude(tools, rung, diary)
}

/// Notes the rung as tried unless the account is valid now.
///
/// # Errors
/// When that could not be kept.
pub(super) fn conclude(tools: Tools<'_>, rung: Rung, diary: &mut Diary<'_>) -> io::Result<Ended> {
    let after = tools.look(Freshness::Now);
    let status = condition(&after);
    diary.saw(
        "agent",
        format!("the service account is {}", status.label().to_lowercase()),
    );
    let is_valid = matches!(status, Status::Valid { .. });
    if is_valid {
        tools.custody.memory.change(|memory| memory.tried.clear())?;
    } else {
        tools.custody.in_vain(rung)?;
    }
    Ok(Ended::with(match is_valid {
        true => Code::ServiceAccountRepaired,
        false => Code::ServiceAccountNotRepaired,
    }))
}

/// Puts the record right, and finds out whether a staged password is in force.
fn again(tools: Tools<'_>, observation: &Observation, diary: &mut Diary<'_>) -> io::Result<()> {
    record::put_right(tools, observation, diary);
    match observation.account(RECORD_NAME) {
        Some(account) if tools.custody.passwords.get(Slot::Staged)?.is_some() => {
            unfinished::settle(tools, account, diary)
        }
        _ => Ok(()),
    }
}

/// Finds the password before the current one in force, at one door or at both, and brings both together again.
fn back(tools: Tools<'_>, observation: &Observation, diary: &mut Diary<'_>) -> io::Result<()> {
    let passwords = &tools.custody.passwords;
    let (Some(account), Some(current), Some(previous)) = (
        observation.account(RECORD_NAME),
        passwords.get(Slot::Current)?,
        passwords.get(Slot::Previous)?,
    ) else {
        return Ok(());
    };
    let seen = observation.service_account.value();
    let local_takes_current = seen
        .and_then(|seen| seen.local_password.as_ref())
        .is_some_and(|proof| {
            proof.password_set_at == account.password_set_at
                && proof.answer == trust::observation::PasswordAnswer::Right
        });
    if local_takes_current {
        // That the disk refuses it is known, and not asked again.
        let disk = unfinished::rewrap(tools, account, &previous, &current, diary)?;
        return proofs::keep(tools, account, Some(true), disk);
    }
    if Candidate::new(account, &previous).local(tools, diary) != Some(true) {
        return Ok(());
    }
    let disk = unfinished::disk_follows(tools, account, Some(&current), &previous, diary)?;
    passwords.reinstate(&previous)?;
    proofs::keep(tools, account, Some(true), disk)
}
