//! `GET /api/v1/vault/lines`: what the vault keeps, by serial number.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::VaultLineView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which lines are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those of whose serial number no device is there.
    #[serde(default)]
    pub without_device: bool,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// Lists the lines of the vault in the order of their serial numbers.
#[utoipa::path(get, path = "/api/v1/vault/lines", tag = "escrow", params(Wanted), responses(
    (status = 200, description = "A page of lines, without their secrets", body = Page<VaultLineView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_vault_lines(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<VaultLineView>>, Problem> {
    list(&app, &caller, &wanted).await.map(Json)
}

/// A page of lines.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<Page<VaultLineView>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let asked = store::escrow::Page {
        without_device: wanted.without_device,
        after: page::read_cursor(wanted.cursor.as_deref())?,
        limit: limit + 1,
    };
    let organization_id = caller.organization_id;
    let retention = store::days_policy::find(&app.store, organization_id).await?.days;
    let found = store::escrow::list(&app.store, organization_id, &asked).await?;
    Ok(Page::cut(
        found,
        limit,
        |line| (line.serial_number.clone(), line.kind.word()),
        |line| VaultLineView::of(line, retention),
    ))
}
