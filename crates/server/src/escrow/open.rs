//! Opening a version that is kept. Whoever does so shows it to somebody, or compares it and forgets it.

use secrecy::SecretString;
use store::escrow::Line;
use trust::code::Code;

use crate::app::App;
use crate::problem::Problem;
use crate::vault::{Bound, WrapError, decrypt};

/// The secret of a version; `None` when there is no such version.
pub(crate) async fn open(app: &App, line: Line<'_>, version: u32) -> Result<Option<SecretString>, Problem> {
    let Some(kept) = store::escrow::find_secret(&app.store, line, version).await? else {
        return Ok(None);
    };
    let bound = Bound {
        organization_id: line.organization_id,
        serial_number: line.serial_number,
        kind: line.kind,
        device_id: kept.device_id,
        message_id: kept.message_id,
    };
    let secret = decrypt(&kept, &bound, app.escrow_keys.as_ref()).await;
    secret.map(Some).map_err(|error| refusal(&error))
}

/// Why a version was not opened or kept.
pub(super) fn refusal(error: &WrapError) -> Problem {
    match error {
        WrapError::NoSuchKey(_) => {
            tracing::error!(%error, "a kept secret does not open");
            Problem::conflict(Code::VaultKeyMissing)
        }
        WrapError::Keys(_) | WrapError::DoesNotUnwrap => Problem::internal(error),
    }
}
