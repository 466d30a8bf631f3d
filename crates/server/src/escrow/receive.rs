//! The edge at which an escrowed secret arrives: opened in memory, looked at, and encrypted for keeping.

use secrecy::{ExposeSecret as _, SecretString};
use store::device::Calling;
use store::escrow::{Line, NewSecret, Told as Kept};
use trust::code::Code;
use trust::escrow::recovery_key::is_recovery_key;
use trust::escrow::{EscrowKind, Origin};
use trust::id::{DeviceId, EscrowMessageId};
use trust::local_administrator::Settings;
use trust::time::Timestamp;
use wire::escrow::{Escrow, Told};

use super::known::{is_among, is_kept_already};
use super::open::{belonging, refusal, seal_offline};
use crate::app::App;
use crate::problem::Problem;
use crate::vault::{Bound, encrypt};

/// A secret that has arrived, opened.
pub(crate) struct Arrived {
    /// The secret, as text.
    pub secret: SecretString,
    /// Where it came from.
    pub origin: Origin,
    /// When it was proved to open the disk.
    pub proved_at: Option<Timestamp>,
    /// The device that it came from.
    pub device_id: DeviceId,
    /// The message that brought it.
    pub message_id: EscrowMessageId,
}

/// Makes of a message with a secret what is kept of it.
pub(crate) async fn receive(
    app: &App,
    device: &Calling,
    line: Line<'_>,
    message: &Escrow,
) -> Result<Kept, Problem> {
    let (secret, origin, proved_at) = opened(app, device, message)?;
    // In the file there is a recovery key and nothing else, whatever the message calls it.
    let kind = match origin {
        Origin::EscrowFile => EscrowKind::PersonalRecoveryKey,
        _ => message.kind,
    };
    if kind != message.kind || !fits(kind, &secret) {
        if origin == Origin::EscrowFile {
            // Whatever is wrong with it, the answer is one: nobody learns of a content by changing it.
            return Err(Problem::unprocessable(Code::EscrowNotOpened));
        }
        let rule = "holds a recovery key of six groups of four, a bootstrap token that is not empty, or a password of 12 to 64 characters";
        return Err(Problem::invalid("told", rule));
    }
    let arrived = Arrived {
        secret,
        origin,
        proved_at: proved_at.map(|at| at.min(app.now())),
        device_id: device.id,
        message_id: message.id,
    };
    keep(app, line, arrived).await
}

/// Makes of a secret what is kept of it: a new version, or the current one again when that is what came.
pub(crate) async fn keep(app: &App, line: Line<'_>, arrived: Arrived) -> Result<Kept, Problem> {
    let proved_at = arrived.proved_at;
    let standing = store::escrow::standing(&app.store, line).await?;
    if let Some(current) = standing.current
        && is_kept_already(app, line, current, &arrived.secret).await
    {
        return Ok(Kept::SameAgain { proved_at });
    }
    if arrived.origin == Origin::EscrowFile
        && standing.current.is_some()
        && is_among(app, line, standing.latest, &arrived.secret).await
    {
        // The file is older than the current version: a claim that everybody can make changes nothing that is known better.
        return Ok(Kept::SameAgain { proved_at: None });
    }
    let bound = Bound {
        organization_id: line.organization_id,
        serial_number: line.serial_number,
        kind: line.kind,
        device_id: arrived.device_id,
        message_id: arrived.message_id,
    };
    let kept = match app.vault.offline_key() {
        // macOS asks the server for its bootstrap token, and people for a password every day: sealed to the offline key they would be
        // of no use.
        Some(key) if line.kind.is_sealed_offline() => {
            seal_offline(app, key, &arrived.secret, &belonging(line, arrived.message_id))?
        }
        _ => arrived.secret,
    };
    let (ciphertext, data_key) = encrypt(&kept, &bound, app.escrow_keys.as_ref(), &app.entropy)
        .await
        .map_err(|error| refusal(&error))?;
    Ok(Kept::Secret(NewSecret {
        origin: arrived.origin,
        proved_at,
        ciphertext,
        data_key,
    }))
}

/// The secret of a message, with where it came from and when it was proved.
fn opened(
    app: &App,
    device: &Calling,
    message: &Escrow,
) -> Result<(SecretString, Origin, Option<Timestamp>), Problem> {
    let refusal = |error: &dyn std::error::Error| {
        tracing::warn!(device = %device.id, %error, "an escrowed secret does not open");
        Problem::unprocessable(Code::EscrowNotOpened)
    };
    match &message.told {
        Told::Secret {
            sealed,
            origin,
            proved_at,
        } => {
            let bound_to =
                Escrow::associated_data(device.organization_id, device.id, message.kind, message.id);
            let secret = app.vault.open_escrowed(sealed, &bound_to);
            Ok((secret.map_err(|error| refusal(&error))?, *origin, *proved_at))
        }
        Told::EscrowFile { cms } => {
            let secret = app.escrow_certificate.open_message(&cms.0);
            Ok((secret.map_err(|error| refusal(&error))?, Origin::EscrowFile, None))
        }
        Told::Proved { .. }
        | Told::Disproved { .. }
        | Told::Used { .. }
        | Told::KeyUnknown
        | Told::Emptied => Err(Problem::invalid("told", "brings a secret")),
    }
}

fn fits(kind: EscrowKind, secret: &SecretString) -> bool {
    let text = secret.expose_secret();
    match kind {
        EscrowKind::PersonalRecoveryKey => is_recovery_key(text),
        EscrowKind::BootstrapToken => !text.is_empty(),
        EscrowKind::LocalAdministratorPassword => is_password(text),
        // No agent brings what people enter.
        EscrowKind::RecoveryLock | EscrowKind::FirmwarePassword => false,
    }
}

/// Whether a text can be a password that an agent draws: what does not begin as what is sealed to the offline key does.
fn is_password(text: &str) -> bool {
    let characters = text.chars().count();
    let fits = (usize::from(Settings::SHORTEST)..=usize::from(Settings::LONGEST)).contains(&characters);
    fits && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'{')
}
