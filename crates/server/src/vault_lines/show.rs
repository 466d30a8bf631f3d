//! `GET /api/v1/vault/lines/{serial_number}/{kind}`: a line with everything that happened to it.

use axum::Json;
use axum::extract::State;

use super::find;
use super::view::{VaultLineDetail, detail};
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::PathOfTwo;
use crate::problem::{Problem, ProblemView};

/// Shows a line of the vault, with who decided what about it, and without its secrets.
#[utoipa::path(get, path = "/api/v1/vault/lines/{serial_number}/{kind}", tag = "escrow", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("kind" = String, Path, description = "What is kept, such as `personal_recovery_key`")), responses(
    (status = 200, description = "The line", body = VaultLineDetail),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_vault_line(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOfTwo(serial_number, kind): PathOfTwo,
) -> Result<Json<VaultLineDetail>, Problem> {
    let kept = find(&app, &caller, &serial_number, &kind).await?;
    detail(&app, caller.organization_id, kept).await.map(Json)
}
