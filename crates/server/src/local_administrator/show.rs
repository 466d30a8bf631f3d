//! `GET /api/v1/devices/{id}/local-administrator`: what is kept of its password, with the history and without the passwords.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::Device;
use trust::escrow::EscrowKind;
use trust::local_administrator::Settings;
use utoipa::ToSchema;

use super::course::course;
use super::failure::LocalAdministratorFailure;
use crate::app::{App, SharedApp};
use crate::devices::find;
use crate::escrow::view::{EscrowView, view};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// The local administrator of a Mac, without its password.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocalAdministratorView {
    /// What the organisation wants of it; `null` where it wants none.
    pub wanted: Option<Settings>,
    /// What is kept of its password.
    pub password: EscrowView,
    /// What the agent could not do when it tried last; `null` where nothing failed, or a later try succeeded.
    pub failure: Option<LocalAdministratorFailure>,
    /// What the agent does next or waits for, in a sentence, as far as the Mac's last observation tells; `null` where nothing is to be
    /// done, and where `failure` says what is.
    pub outlook: Option<String>,
}

/// Tells what is wanted of a device's local administrator and what is kept of its password: every version, when each was proved, and
/// who has seen it. And what the agent could not do when it tried last, with the next step, or what it does next.
#[utoipa::path(get, path = "/api/v1/devices/{id}/local-administrator", tag = "escrow", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "What is kept, without the passwords", body = LocalAdministratorView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_local_administrator(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<LocalAdministratorView>, Problem> {
    let device = find(&app, &caller, &id).await?;
    local_administrator(&app, &device).await.map(Json)
}

/// The local administrator of a device.
pub(crate) async fn local_administrator(
    app: &App,
    device: &Device,
) -> Result<LocalAdministratorView, Problem> {
    let observation = store::observation::find(&app.store, device.id).await?;
    let course = course(app, device, observation.as_ref()).await?;
    Ok(LocalAdministratorView {
        wanted: course.wanted,
        password: view(app, device, EscrowKind::LocalAdministratorPassword).await?,
        failure: course.failure,
        outlook: course.outlook,
    })
}
