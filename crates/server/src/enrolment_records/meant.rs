//! Whether a serial number is one that its caller means. A Mac's name has the form of one, so what no Mac has and nothing is
//! kept for counts only when the caller says that the Mac is still to come.

use axum::http::StatusCode;
use trust::code::Code;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;

use crate::app::App;
use crate::problem::Problem;

/// What callers say it by, as the OpenAPI document tells it.
pub(crate) const NOT_ENROLLED: &str = "not_enrolled";

/// Refuses a serial number that nobody knows, unless the caller says that its Mac has not enrolled.
pub(crate) async fn check_meant(
    app: &App,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
    not_enrolled: bool,
) -> Result<(), Problem> {
    let is_known = not_enrolled
        || store::device::has_enrolled(&app.store, organization_id, serial_number).await?
        || store::enrolment_record::find(&app.store, organization_id, serial_number)
            .await?
            .is_some();
    match is_known {
        true => Ok(()),
        false => Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            Code::MacNotEnrolled,
        )),
    }
}
