//! `GET /enrolment/{link}`: the page, empty.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use store::enrolment_link::EnrolmentLink;

use super::page::{Draft, Form, Known, unusable};
use crate::app::{App, SharedApp};
use crate::console::components::Errors;
use crate::enrolment_links::follow::find;
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows the page, as long as the link can be used.
pub(crate) async fn show_own_page(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
) -> Result<Response, Problem> {
    let Some(found) = find(&app, &link).await? else {
        return Ok((StatusCode::NOT_FOUND, unusable()).into_response());
    };
    let organization = store::organization::name(&app.store, found.organization_id).await?;
    let form = Form {
        link: &link,
        organization: &organization,
        serial_number: &found.serial_number,
        known: known(&app, &found).await?,
        draft: Draft::default(),
        errors: Errors::new(),
    };
    Ok(form.render().into_response())
}

/// What need not be asked, because it is known.
pub(super) async fn known(app: &App, link: &EnrolmentLink) -> Result<Known, Problem> {
    let kept = store::enrolment_record::find(&app.store, link.organization_id, &link.serial_number).await?;
    let record = kept.map(|kept| kept.record);
    let record = record.as_ref();
    Ok(Known {
        full_name: record.is_some_and(|record| record.full_name.is_some()),
        username: record.is_some_and(|record| record.username.is_some()),
        email: record.is_some_and(|record| record.email.is_some()),
    })
}
