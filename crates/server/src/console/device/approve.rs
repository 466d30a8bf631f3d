//! `POST /devices/{id}/approve`: an administrator's word that a pending device is what it claims to be. Without the tick
//! that somebody has compared the key's fingerprint nothing happens.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::approval::COMPARED;
use super::page::shown;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::devices::approve::approve;
use crate::input::PathOf;
use crate::problem::Problem;

/// Approves a device and leads to its page.
pub(crate) async fn approve_device(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    if !form.form.is_ticked(COMPARED) {
        let mut shown = shown(&app, &form.visitor, &id).await?;
        if let Some(approval) = &mut shown.approval {
            approval.error = Some("Nothing was approved. Compare the fingerprint first, then tick this.");
            let page = shown.render(&form.visitor);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    }
    let device = approve(&app, &form.visitor.caller, &id, &form.key()?).await?;
    Ok(Redirect::to(&format!("/devices/{}", device.id)).into_response())
}
