//! The account is made while the agent is installed, with credentials that a person typed.

use std::io;

use secrecy::SecretString;
use trust::action::{Action, CreateServiceAccount};
use trust::id::{ActionId, GenericUuid as _};
use trust::name::AccountName;
use trust::observation::CreationAttempt;
use trust::outcome::Outcome;
use trust::service_account::DeedKind;

use super::orders::{self, Order};
use crate::perform::Tools;
use crate::perform::diary::Diary;

/// Makes the account with the credentials of `administrator`. The server is told as of anything that the agent does unasked.
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
    let order = Order {
        id: ActionId::from_untyped_uuid(uuid::Uuid::nil()),
        action: &action,
        secret: Some(password),
        resumed: false,
    };
    let mut diary = Diary::new(tools.clock);
    // The custody's own note of what was begun stands in for the journal.
    let outcome = orders::carry_out(tools, &order, &mut diary, &mut || Ok(()))?;
    let attempt = CreationAttempt {
        at: outcome.finished_at,
        code: outcome.code,
        holder: Some(administrator.to_string()),
    };
    tools
        .custody
        .memory
        .change(|memory| memory.last_creation = Some(attempt))?;
    tools.custody.tell(tools.custody.deed(
        DeedKind::Create,
        Some(administrator.as_str()),
        (outcome.code, outcome.edge.clone()),
        outcome.evidence.clone(),
        outcome.finished_at,
    ))?;
    Ok(outcome)
}
