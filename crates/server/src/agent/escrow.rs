//! `GET` and `POST /agent/v1/escrow`: an agent learns how it escrows, and gives the vault what its Mac has.

use axum::Json;
use axum::extract::State;
use store::device::Calling;
use store::escrow::{Appended, Line, NewMessage, Told as Kept};
use trust::code::Code;
use trust::escrow::{What, proof, rotation};
use trust::time::Timestamp;
use wire::escrow::{Escrow, EscrowTerms, Escrowed, LocalAdministratorTerms, RecoveryKeyTerms, Told};

use super::body::AgentBody;
use crate::app::{App, SharedApp};
use crate::escrow::receive::receive;
use crate::identity::CallingDevice;
use crate::problem::Problem;

/// How a device escrows.
pub(super) fn terms(app: &App, device: &Calling) -> EscrowTerms {
    EscrowTerms {
        vault_key: app.vault.public_key().clone(),
        recovery_key: RecoveryKeyTerms {
            state: device.recovery_key.state,
            version: device.recovery_key.current,
            rotate_after: rotation::due(&device.recovery_key, device.recovery_key_schedule),
            prove_after: proof::due(&device.recovery_key),
        },
        local_administrator: device
            .local_administrator
            .as_ref()
            .map(|wanted| LocalAdministratorTerms {
                settings: wanted.settings.clone(),
                version: wanted.version,
                rotate_after: wanted.rotate_after,
            }),
    }
}

/// Tells how the device escrows.
pub(crate) async fn show_terms(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
) -> Result<Json<EscrowTerms>, Problem> {
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    Ok(Json(terms(&app, &device)))
}

/// Keeps a message, once however often it comes.
pub(crate) async fn escrow(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    AgentBody(message): AgentBody<Escrow>,
) -> Result<Json<Escrowed>, Problem> {
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    if message.kind.is_entered() {
        return Err(Problem::invalid(
            "kind",
            "is one that agents bring; this one people enter",
        ));
    }
    let now = app.now();
    let happened = |what, version, at: Timestamp| Kept::Happened {
        what,
        version,
        // A Mac's clock may be ahead; nothing was proved in the future.
        at: at.min(now),
    };
    let line = Line {
        organization_id: device.organization_id,
        serial_number: &device.serial_number,
        kind: message.kind,
    };
    let told = match &message.told {
        Told::Secret { .. } | Told::EscrowFile { .. } => receive(&app, &device, line, &message).await?,
        Told::Proved { version, at } => happened(What::Proved, Some(*version), *at),
        Told::Disproved { version, at } => happened(What::Disproved, Some(*version), *at),
        Told::Used { at } => happened(What::Used, None, *at),
        Told::KeyUnknown => happened(What::KeyUnknown, None, now),
        Told::Emptied => happened(What::Emptied, None, now),
    };
    let new = NewMessage {
        line,
        device_id: device.id,
        id: message.id,
        told,
        at: now,
    };
    let version = match store::escrow::append(&app.store, &new).await? {
        Appended::Kept { version, standing } => {
            let (kind, state) = (message.kind.word(), standing.state.word());
            tracing::info!(device = %device.id, kind, version, state, "escrow message kept");
            app.events.device(device.organization_id, device.id);
            version
        }
        Appended::Before { version } => version,
        Appended::NoSuchVersion => return Err(Problem::not_found()),
        Appended::NotAdmitted => return Err(Problem::unauthorized(Code::DeviceTokenInvalid)),
    };
    Ok(Json(Escrowed {
        version,
        server_time: now,
    }))
}

#[cfg(test)]
mod tests;
