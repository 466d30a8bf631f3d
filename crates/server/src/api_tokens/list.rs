//! `GET /api/v1/api-tokens`: which programs may ask, and for what.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::api_token::Listed;
use trust::access::{Permission, Rights, Role};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// A program's token, without the token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiTokenView {
    /// Its name, which stands in the audit log.
    name: String,
    /// What it brings.
    role: Role,
    /// Which permissions of the role it brings; all of them when there is none.
    scopes: Option<Vec<Permission>>,
    /// When it was made.
    created_at: Timestamp,
    /// Until when it is valid; for good when there is none.
    expires_at: Option<Timestamp>,
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

/// Every program's token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiTokens {
    /// The tokens, by name; the first 1000.
    items: Vec<ApiTokenView>,
}

/// Lists the tokens of programs. The tokens themselves are kept nowhere.
#[utoipa::path(get, path = "/api/v1/api-tokens", tag = "people", responses(
    (status = 200, description = "The tokens", body = ApiTokens),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_api_tokens(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<ApiTokens>, Problem> {
    let tokens = store::api_token::list(&app.store, caller.organization_id).await?;
    let items = tokens.into_iter().map(ApiTokenView::from).collect();
    Ok(Json(ApiTokens { items }))
}
