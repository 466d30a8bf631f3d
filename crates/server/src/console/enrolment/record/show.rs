//! `GET /enrolment-data/{serial_number}`: the record of a Mac, or an empty form when there is none.

use axum::extract::State;
use maud::Markup;

use super::draft::Draft;
use super::known::Known;
use super::page::RecordPage;
use crate::app::SharedApp;
use crate::console::Visitor;
use crate::console::components::Errors;
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows who uses a Mac.
pub(crate) async fn show_record(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(serial_number): PathOf,
) -> Result<Markup, Problem> {
    let known = Known::read(&app, &visitor.caller, &serial_number).await?;
    let page = RecordPage {
        draft: Draft::of(&known),
        known,
        errors: Errors::new(),
        notice: None,
        link: None,
    };
    Ok(page.render(&app, &visitor))
}
