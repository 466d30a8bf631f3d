//! `GET /api/v1/devices/{id}/recovery-key` and `…/bootstrap-token`: what is kept, with its history and without the secrets.

use axum::Json;
use axum::extract::State;
use trust::escrow::EscrowKind;

use super::view::{EscrowView, view};
use crate::app::SharedApp;
use crate::devices::find;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Tells what is kept of a device's recovery key: every version, when each was proved to open the disk, and who has seen it.
#[utoipa::path(get, path = "/api/v1/devices/{id}/recovery-key", tag = "escrow", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "What is kept, without the keys", body = EscrowView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_recovery_key(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<EscrowView>, Problem> {
    let device = find(&app, &caller, &id).await?;
    view(&app, &device, EscrowKind::PersonalRecoveryKey)
        .await
        .map(Json)
}

/// Tells what is kept of a device's bootstrap token. Nobody is shown one: macOS takes it from its MDM.
#[utoipa::path(get, path = "/api/v1/devices/{id}/bootstrap-token", tag = "escrow", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "What is kept, without the tokens", body = EscrowView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_bootstrap_token(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<EscrowView>, Problem> {
    let device = find(&app, &caller, &id).await?;
    view(&app, &device, EscrowKind::BootstrapToken).await.map(Json)
}
