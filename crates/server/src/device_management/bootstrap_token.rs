//! The bootstrap token: into the vault, and back to the Mac that it is of. It is kept as text, in base64.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mdm::check_in::bootstrap_token_answer;
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};
use store::escrow::{Appended, Line, NewMessage, Told};
use store::mdm_enrolment::CallingMac;
use trust::escrow::{EscrowKind, Origin, What};

use super::signed::refused;
use crate::app::App;
use crate::escrow::open::open;
use crate::escrow::receive::{Arrived, keep};
use crate::problem::Problem;

/// Keeps the token that a Mac gives. None ends the current version and keeps the history.
pub(super) async fn set(
    app: &App,
    mac: &CallingMac,
    token: Option<&SecretSlice<u8>>,
) -> Result<Response, Problem> {
    let at = app.now();
    let id = app.entropy.id(at);
    let line = line(mac);
    let told = match token {
        Some(token) => {
            let arrived = Arrived {
                secret: SecretString::from(STANDARD.encode(token.expose_secret())),
                origin: Origin::Created,
                proved_at: None,
                device_id: mac.device_id,
                message_id: id,
            };
            keep(app, line, arrived).await?
        }
        // Said again, it is no news.
        None if store::escrow::standing(&app.store, line).await?.current.is_none() => {
            return Ok(StatusCode::OK.into_response());
        }
        None => Told::Happened {
            what: What::Emptied,
            version: None,
            at,
        },
    };
    let new = NewMessage {
        line,
        device_id: mac.device_id,
        id,
        told,
        at,
    };
    match store::escrow::append(&app.store, &new).await? {
        Appended::Kept { version, standing } => {
            let state = standing.state.word();
            tracing::info!(device = %mac.device_id, version, state, "bootstrap token kept");
            app.events.device(mac.organization_id, mac.device_id);
            Ok(StatusCode::OK.into_response())
        }
        Appended::Before { .. } => Ok(StatusCode::OK.into_response()),
        Appended::NoSuchVersion | Appended::NotAdmitted => Err(refused()),
    }
}

/// Gives a Mac its token; nothing, when no version is current.
pub(super) async fn get(app: &App, mac: &CallingMac) -> Result<Response, Problem> {
    let line = line(mac);
    let current = store::escrow::standing(&app.store, line).await?.current;
    let kept = match current {
        Some(version) => open(app, line, version).await?,
        None => None,
    };
    let token = kept.and_then(|kept| STANDARD.decode(kept.expose_secret()).ok());
    if token.is_none() && current.is_some() {
        tracing::warn!(device = %mac.device_id, "the kept bootstrap token is none that a Mac gave");
    }
    let headers = [
        (header::CONTENT_TYPE, "application/xml"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bootstrap_token_answer(token)).into_response())
}

fn line(mac: &CallingMac) -> Line<'_> {
    Line {
        organization_id: mac.organization_id,
        serial_number: &mac.serial_number,
        kind: EscrowKind::BootstrapToken,
    }
}
