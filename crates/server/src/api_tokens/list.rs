//! `GET /api/v1/api-tokens`: which programs may ask, and for what.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::api_token::Listed;
use trust::access::{Permission, Rights, Role};
use trust::time::Timestamp;
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// A program's token, without the token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiTokenView {
    /// Its name, which stands in the audit log.
    pub name: String,
    /// What it brings.
    pub role: Role,
    /// Which permissions of the role it brings; all of them when there is none.
    pub scopes: Option<Vec<Permission>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is valid; for good when there is none.
    pub expires_at: Option<Timestamp>,
}

impl From<Listed> for ApiTokenView {
    fn from(token: Listed) -> Self {
        Self {
            name: token.name,
            role: token.role,
            scopes: token.scopes.map(Rights::list),
            created_at: token.created_at,
            expires_at: token.expires_at,
        }
    }
}

/// Which are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// Lists the tokens of programs. The tokens themselves are kept nowhere.
#[utoipa::path(get, path = "/api/v1/api-tokens", tag = "people", params(Wanted), responses(
    (status = 200, description = "A page of tokens, by name", body = Page<ApiTokenView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_api_tokens(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<ApiTokenView>>, Problem> {
    Ok(Json(list(&app, &caller, wanted).await?))
}

/// A page of the list.
pub(crate) async fn list(app: &App, caller: &Caller, wanted: Wanted) -> Result<Page<ApiTokenView>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let after: Option<String> = page::read_cursor(wanted.cursor.as_deref())?;
    let found =
        store::api_token::list(&app.store, caller.organization_id, after.as_deref(), limit + 1).await?;
    let place = |token: &Listed| token.name.clone();
    Ok(Page::cut(found, limit, place, ApiTokenView::from))
}
