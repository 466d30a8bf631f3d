//! What the agent does for the recovery key by itself: it escrows what the Mac has left, tells when a key was used, makes good what a
//! killed agent lost, and replaces a key when the server wants another.

use std::io;
use std::time::Duration;

use mac::fdesetup;
use trust::action::RotateRecoveryKey;
use trust::escrow::State;
use trust::observation::Observation;
use trust::service_account::DeedKind;
use wire::escrow::Told;

use super::file;
use super::order::by_service_account;
use crate::observe::Freshness;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::service_account::tend::Tended;

/// Without another reason it is looked after this often. What did not come about is tried again so soon, too: each try may be a
/// key that is lost.
pub(crate) const ROUND: Duration = Duration::from_hours(24);

/// While there is no password by which a key can be made, it is looked for so often.
const SOON: Duration = Duration::from_mins(15);

/// Finishes what was begun, escrows what the Mac has left, and makes another key where one is owed, or where it `is_due`.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn tend(tools: Tools<'_>, is_due: bool) -> io::Result<Tended> {
    let mut diary = Diary::new(tools.clock);
    if tools.custody.settle()?.is_some() {
        tracing::warn!("a rotation of the recovery key was cut off");
    }
    file::escrow(tools)?;
    let mut observation = tools.look(Freshness::Usual);
    tell_an_unknown_key(tools, &observation)?;
    tell_a_use(tools, &observation)?;
    let keeper = &tools.custody.recovery_key;
    let now = tools.clock.now();
    let memory = keeper.remembered();
    let is_wanted = memory.is_owed() || (is_due && memory.is_asked());
    let may = memory.vault.is_some() && memory.not_before.is_none_or(|at| at <= now);
    let mut again_at = now.plus(ROUND);
    if is_wanted && may {
        let mut touched = false;
        let asked = RotateRecoveryKey::default();
        let code = by_service_account(tools, &asked, None, &mut diary, &mut || {
            touched = true;
            Ok(())
        })?;
        if touched {
            let deed = tools.custody.deed(
                DeedKind::RotateRecoveryKey,
                None,
                (code, None),
                diary.since(0),
                tools.clock.now(),
            );
            tools.custody.tell(deed)?;
            if !code.is_success() {
                keeper
                    .memory
                    .change(|memory| memory.not_before = Some(again_at))?;
            }
        } else {
            again_at = now.plus(SOON);
        }
        tracing::info!(%code, "looked after the recovery key");
        observation = tools.look(Freshness::Now);
    }
    Ok(Tended {
        observation,
        again_at,
        deeds: tools.custody.remembered().deeds,
    })
}

/// Where the disk was opened with the recovery key when macOS was started, the vault is told, once for each start. On a Mac that
/// does not say, nothing is told.
fn tell_a_use(tools: Tools<'_>, observation: &Observation) -> io::Result<()> {
    let memory = tools.custody.recovery_key.remembered();
    let Some(started) = observation.booted_at.value().copied() else {
        return Ok(());
    };
    if memory.vault.is_none() || memory.use_told == Some(started) {
        return Ok(());
    }
    match fdesetup::using_recovery_key(tools.runner) {
        Ok(true) => {
            let at = tools.clock.now();
            tools.custody.tell_vault(Told::Used { at })?;
            let keeper = &tools.custody.recovery_key;
            keeper.memory.change(|memory| memory.use_told = Some(started))
        }
        Ok(false) => Ok(()),
        Err(error) => {
            tracing::debug!(%error, "fdesetup did not say whether the recovery key was used");
            Ok(())
        }
    }
}

/// Where the Mac has a key and nothing of it was ever escrowed, the vault is told that there is one. Nothing is told while the vault
/// may have it from macOS's file, nor of a Mac without a key: the tool says no as well when it does not know.
fn tell_an_unknown_key(tools: Tools<'_>, observation: &Observation) -> io::Result<()> {
    let memory = tools.custody.recovery_key.remembered();
    let is_empty = memory
        .vault
        .as_ref()
        .is_some_and(|vault| vault.terms.recovery_key.state == State::Empty);
    let is_on = observation
        .filevault
        .value()
        .is_some_and(|filevault| filevault.locks_the_disk());
    if !is_empty || !is_on || memory.has_told || memory.sends_a_file() {
        return Ok(());
    }
    match fdesetup::has_personal_recovery_key(tools.runner) {
        Ok(true) => tools.custody.tell_vault(Told::KeyUnknown),
        Ok(false) => Ok(()),
        Err(error) => {
            tracing::debug!(%error, "fdesetup did not say whether there is a recovery key");
            Ok(())
        }
    }
}
