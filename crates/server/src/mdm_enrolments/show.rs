//! `GET /api/v1/devices/{id}/mdm-enrolment`: how a Mac stands with Bestow's device management.

use axum::Json;
use axum::extract::State;

use super::view::{MdmEnrolmentsView, view};
use crate::app::SharedApp;
use crate::devices::find;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Tells whether a device is enrolled with Bestow's own device management, and every enrolment that it had.
#[utoipa::path(get, path = "/api/v1/devices/{id}/mdm-enrolment", tag = "escrow", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "Its enrolments", body = MdmEnrolmentsView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_mdm_enrolment(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<MdmEnrolmentsView>, Problem> {
    let device = find(&app, &caller, &id).await?;
    view(&app, &device).await.map(Json)
}
