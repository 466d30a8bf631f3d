//! The account is made, or repaired, outside of any order, with credentials that a person typed: while the agent is installed, or
//! at the screen.

use std::io;

use secrecy::SecretString;
use trust::action::{Action, CreateServiceAccount, RepairServiceAccount};
use trust::id::{ActionId, GenericUuid as _};
use trust::name::AccountName;
use trust::observation::CreationAttempt;
use trust::outcome::Outcome;
use trust::service_account::DeedKind;

use super::orders::{self, Order};
use crate::perform::Tools;
use crate::perform::diary::Diary;

/// Makes the account with the credentials of `administrator`. The server is told as of anything that the agent does unasked, once
/// their password was tried.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn create(
    tools: Tools<'_>,
    administrator: &AccountName,
    promote_administrator: bool,
    password: SecretString,
) -> io::Result<Outcome> {
    let action = Action::CreateServiceAccount(CreateServiceAccount {
        administrator: administrator.clone(),
        promote_administrator,
    });
    let outcome = by_hand(tools, &action, DeedKind::Create, administrator, password)?;
    let attempt = CreationAttempt {
        at: outcome.finished_at,
        code: outcome.code,
        holder: Some(administrator.to_string()),
    };
    tools
        .custody
        .memory
        .change(|memory| memory.last_creation = Some(attempt))?;
    Ok(outcome)
}

/// Repairs the account, by what the agent can do alone or else with the credentials of `administrator`. The server is told as of
/// anything that the agent does unasked, once something was tried.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn repair(
    tools: Tools<'_>,
    administrator: &AccountName,
    promote_administrator: bool,
    password: SecretString,
) -> io::Result<Outcome> {
    let action = Action::RepairServiceAccount(RepairServiceAccount {
        administrator: Some(administrator.clone()),
        promote_administrator,
    });
    by_hand(tools, &action, DeedKind::Repair, administrator, password)
}

fn by_hand(
    tools: Tools<'_>,
    action: &Action,
    kind: DeedKind,
    administrator: &AccountName,
    password: SecretString,
) -> io::Result<Outcome> {
    let order = Order {
        id: ActionId::from_untyped_uuid(uuid::Uuid::nil()),
        action,
        secret: Some(password),
        resumed: false,
    };
    let mut diary = Diary::new(tools.clock);
    // The custody's own note of what was begun stands in for the journal.
    let outcome = orders::carry_out(tools, &order, &mut diary, &mut || Ok(()))?;
    // What was refused by what stands on the Mac is nothing that was done, and somebody may ask for it over and over.
    if !outcome.touched_the_mac && !diary.password_tried() {
        return Ok(outcome);
    }
    tools.custody.tell(tools.custody.deed(
        kind,
        Some(administrator.as_str()),
        (outcome.code, outcome.edge.clone()),
        outcome.evidence.clone(),
        outcome.finished_at,
    ))?;
    Ok(outcome)
}
