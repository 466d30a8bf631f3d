//! `GET /api/v1/support-bundle`
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::make::bundle;
use super::view::SupportBundle;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::problem::{Problem, ProblemView};

/// What the bundle is about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// A device's id: only this one.
    device: Option<String>,
}

/// Makes a support bundle: what somebody who helps from outside needs to know, without secrets, and with numbers in the place of
/// names. It can be read before it is handed on.
#[utoipa::path(get, path = "/api/v1/support-bundle", tag = "support", params(Wanted), responses(
    (status = 200, description = "The bundle", body = SupportBundle),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_support_bundle(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Response, Problem> {
    let of = match &wanted.device {
        Some(id) => Some(crate::devices::find(&app, &caller, id).await?),
        None => None,
    };
    let bundle = bundle(&app, caller.organization_id, of).await?;
    let name = "attachment; filename=\"bestow-support.json\"";
    Ok(([(CONTENT_DISPOSITION, name)], Json(bundle)).into_response())
}
