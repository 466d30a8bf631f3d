//! `GET /api/v1/people`: who may sign in.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::person::Person;
use utoipa::IntoParams;

use super::view::PersonView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// Lists who may sign in.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(Wanted), responses(
    (status = 200, description = "A page of those who may sign in, by name", body = Page<PersonView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_people(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<PersonView>>, Problem> {
    Ok(Json(list(&app, &caller, wanted).await?))
}

/// A page of the list.
pub(crate) async fn list(app: &App, caller: &Caller, wanted: Wanted) -> Result<Page<PersonView>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let after: Option<String> = page::read_cursor(wanted.cursor.as_deref())?;
    let found = store::person::list(&app.store, caller.organization_id, after.as_deref(), limit + 1).await?;
    let place = |person: &Person| person.name.to_string();
    Ok(Page::cut(found, limit, place, PersonView::from))
}
