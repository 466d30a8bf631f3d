//! `GET /api/v1/people`: who may sign in.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::PersonView;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// Everybody who may sign in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct People {
    /// The people, by name; the first 1000.
    items: Vec<PersonView>,
}

/// Lists who may sign in.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", responses(
    (status = 200, description = "Everybody who may sign in", body = People),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_people(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<People>, Problem> {
    let people = store::person::list(&app.store, caller.organization_id).await?;
    let items = people.into_iter().map(PersonView::from).collect();
    Ok(Json(People { items }))
}
