//! `GET /api/v1/bulk-actions`: bulk runs, newest first.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::show::view;
use super::view::BulkRunView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which runs are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// Lists bulk runs, newest first.
#[utoipa::path(get, path = "/api/v1/bulk-actions", tag = "bulk actions", params(Wanted), responses(
    (status = 200, description = "A page of runs", body = Page<BulkRunView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_bulk_actions(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<BulkRunView>>, Problem> {
    let limit = page::limit(wanted.limit)?;
    page_of(&app, &caller, wanted.cursor.as_deref(), limit)
        .await
        .map(Json)
}

/// The page of runs behind `cursor`.
pub(crate) async fn page_of(
    app: &App,
    caller: &Caller,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<BulkRunView>, Problem> {
    let before = page::read_cursor(cursor)?;
    let found = store::bulk_run::list(&app.store, caller.organization_id, before, limit + 1).await?;
    let found = Page::cut(found, limit, |run| (run.created_at, run.id), |run| run);
    let mut items = Vec::with_capacity(found.items.len());
    for run in &found.items {
        items.push(view(app, run).await?);
    }
    Ok(Page {
        items,
        next_cursor: found.next_cursor,
    })
}
