//! `GET /api/v1/enrolment-records/{serial_number}`: who uses the Mac of a serial number.

use axum::Json;
use axum::extract::State;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;

use super::view::EnrolmentRecordView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Shows an enrolment record.
#[utoipa::path(get, path = "/api/v1/enrolment-records/{serial_number}", tag = "enrolment", params(("serial_number" = String, Path, description = "The Mac's serial number")), responses(
    (status = 200, description = "The record, without its secrets", body = EnrolmentRecordView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_enrolment_record(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(serial_number): PathOf,
) -> Result<Json<EnrolmentRecordView>, Problem> {
    let serial_number = serial_number.parse().map_err(|_| Problem::not_found())?;
    let found = find(&app, caller.organization_id, &serial_number).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// The record of a serial number.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<EnrolmentRecordView>, Problem> {
    let kept = store::enrolment_record::find(&app.store, organization_id, serial_number).await?;
    let Some(kept) = kept else {
        return Ok(None);
    };
    let secrets = store::collected_secret::list(&app.store, organization_id, serial_number).await?;
    let device = store::device::of_serial_number(&app.store, organization_id, serial_number).await?;
    Ok(Some(EnrolmentRecordView::of(
        app,
        kept,
        &secrets,
        device.as_ref(),
    )))
}
