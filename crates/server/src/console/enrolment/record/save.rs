//! `POST /enrolment-data/{serial_number}`: what is said of a Mac's person is saved. A record that somebody else has
//! changed since the form was opened is shown again instead.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::address;
use super::draft::{Draft, name};
use super::known::Known;
use super::page::RecordPage;
use crate::app::SharedApp;
use crate::console::components::Errors;
use crate::console::own_form::OwnForm;
use crate::enrolment_records::put::put;
use crate::input::PathOf;
use crate::problem::Problem;

/// Saves a record and leads back to it.
pub(crate) async fn save_record(
    State(app): State<SharedApp>,
    PathOf(serial_number): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    let known = Known::read(&app, &form.visitor.caller, &serial_number).await?;
    let key = form.key()?;
    let changed_at = known.record.as_ref().map(|record| record.updated_at);
    let seen = form.form.text(name::SEEN);
    let (draft, errors, notice) = if seen != seen_word(changed_at) {
        (Draft::of(&known), Errors::new(), Some(CHANGED.to_owned()))
    } else {
        let draft = Draft::read(&form.form, &known);
        match draft.said(&form.form, &known) {
            Err(errors) => (draft, errors, None),
            Ok(said) => match put(&app, &form.visitor.caller, &key, said).await {
                Ok(()) => return Ok(Redirect::to(&address(&known.serial_number)).into_response()),
                Err(problem) if problem.breaks_a_rule() => (draft, Errors::new(), Some(problem.detail())),
                Err(problem) => return Err(problem),
            },
        }
    };
    let page = RecordPage {
        known,
        draft,
        errors,
        notice,
        link: None,
    };
    let page = page.render(&app, &form.visitor);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

const CHANGED: &str = "The record has been changed since you opened it. It stands below as it is now.";

/// When a record was changed last, as the form carries it; empty when there is none.
pub(super) fn seen_word(changed_at: Option<trust::time::Timestamp>) -> String {
    changed_at.map_or_else(String::new, |at| at.as_millis().to_string())
}
