//! `POST /enrolment-data/{serial_number}/link`: a link by which the person of a Mac says once who it is. It stands on the
//! page that answers, and on no other.

use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use maud::Markup;

use super::draft::Draft;
use super::known::Known;
use super::page::RecordPage;
use crate::app::SharedApp;
use crate::console::components::Errors;
use crate::console::origin::origin;
use crate::console::own_form::OwnForm;
use crate::enrolment_links::create::create;
use crate::input::PathOf;
use crate::problem::Problem;

/// The field that tells how many days a link can be used.
pub(super) const DAYS: &str = "days";

/// Makes a link and shows it.
pub(crate) async fn make_link(
    State(app): State<SharedApp>,
    PathOf(serial_number): PathOf,
    uri: Uri,
    headers: HeaderMap,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let caller = &form.visitor.caller;
    let known = Known::read(&app, caller, &serial_number).await?;
    let days: u64 = form
        .form
        .text(DAYS)
        .parse()
        .map_err(|_| Problem::invalid(DAYS, "is a number of days"))?;
    let valid_for = Duration::from_secs(days.saturating_mul(24 * 60 * 60));
    let mut link = create(&app, caller, &form.key()?, &known.serial_number, Some(valid_for)).await?;
    link.path = format!("{}{}", origin(&app, &uri, &headers), link.path);
    let page = RecordPage {
        draft: Draft::of(&known),
        known,
        errors: Errors::new(),
        notice: None,
        link: Some(link),
    };
    Ok(page.render(&app, &form.visitor))
}
