//! `PUT /mdm/v1/poll`: a Mac asks for a command. There is none, and nothing is written: looking in costs one read.

use axum::extract::State;
use axum::http::StatusCode;
use trust::mdm_enrolment::has_udid;

use super::signed::{Signed, not_understood, refused};
use crate::app::SharedApp;
use crate::problem::Problem;

/// Answers that there is nothing to do.
pub(crate) async fn poll(State(_): State<SharedApp>, signed: Signed) -> Result<StatusCode, Problem> {
    let Signed { mac, body } = signed;
    let poll = mdm::poll::read(&body).map_err(|error| not_understood(&mac, error))?;
    if mac.state.is_enrolled() && has_udid(poll.udid.as_deref(), &mac.hardware_uuid) {
        Ok(StatusCode::OK)
    } else {
        Err(refused())
    }
}
