//! Opening a version that is kept. Whoever does so shows it to somebody, or compares it and forgets it.

use secrecy::{ExposeSecret as _, SecretString};
use store::escrow::Line;
use trust::code::Code;
use trust::id::EscrowMessageId;
use wire::offline::{Belonging, OfflineSealed};
use wire::seal::SealingPublicKey;

use crate::app::App;
use crate::problem::Problem;
use crate::vault::{Bound, WrapError, decrypt};

/// How what is sealed to the offline key begins, and no recovery key.
const SEALED_OFFLINE: char = '{';

/// A version that is kept, opened as far as the server can.
pub(crate) enum Opened {
    /// The secret.
    Secret(SecretString),
    /// The secret is sealed to the offline key.
    Offline {
        /// What it belongs to.
        belonging: Belonging,
        /// The seal.
        secret: Box<OfflineSealed>,
    },
}

/// The secret of a version; `None` when there is no such version. One that is sealed to the offline key is refused.
pub(crate) async fn open(app: &App, line: Line<'_>, version: u32) -> Result<Option<SecretString>, Problem> {
    match look(app, line, version).await? {
        None => Ok(None),
        Some(Opened::Secret(secret)) => Ok(Some(secret)),
        Some(Opened::Offline { .. }) => Err(Problem::conflict(Code::SealedOffline)),
    }
}

/// A version as it is kept; `None` when there is no such version.
pub(crate) async fn look(app: &App, line: Line<'_>, version: u32) -> Result<Option<Opened>, Problem> {
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
    let text = decrypt(&kept, &bound, app.escrow_keys.as_ref()).await;
    let text = text.map_err(|error| refusal(&error))?;
    if !line.kind.is_sealed_offline() || !text.expose_secret().starts_with(SEALED_OFFLINE) {
        return Ok(Some(Opened::Secret(text)));
    }
    let secret = serde_json::from_str(text.expose_secret()).map_err(|error| Problem::internal(&error))?;
    Ok(Some(Opened::Offline {
        belonging: belonging(line, kept.message_id),
        secret: Box::new(secret),
    }))
}

/// What the secret that a message brings to a line belongs to.
pub(super) fn belonging(line: Line<'_>, message_id: EscrowMessageId) -> Belonging {
    Belonging {
        organization_id: line.organization_id,
        serial_number: line.serial_number.to_owned(),
        kind: line.kind,
        message_id,
    }
}

/// What is kept in the place of a secret, sealed to the offline key: JSON, with which no secret begins that a Mac has.
pub(super) fn seal_offline(
    app: &App,
    offline_key: &SealingPublicKey,
    secret: &SecretString,
    belonging: &Belonging,
) -> Result<SecretString, Problem> {
    let sealed = OfflineSealed::seal(offline_key, secret, belonging, &mut *app.entropy.lock());
    let sealed = sealed.map_err(|error| Problem::internal(&error))?;
    let json = serde_json::to_string(&sealed).map_err(|error| Problem::internal(&error))?;
    Ok(SecretString::from(json))
}

/// Why a version was not opened or kept.
pub(crate) fn refusal(error: &WrapError) -> Problem {
    match error {
        WrapError::NoSuchKey(_) => {
            tracing::error!(%error, "a kept secret does not open");
            Problem::conflict(Code::VaultKeyMissing)
        }
        WrapError::Keys(_) | WrapError::DoesNotUnwrap | WrapError::DoesNotSeal => Problem::internal(error),
    }
}
