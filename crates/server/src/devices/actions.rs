//! `GET /api/v1/devices/{id}/actions`: the actions of a device, newest first.

use axum::Json;
use axum::extract::State;

use crate::actions::list::{Wanted, page_of};
use crate::actions::view::ActionView;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::{PathOf, QueryOf};
use crate::page::Page;
use crate::problem::{Problem, ProblemView};

/// Lists the actions of a device, newest first.
#[utoipa::path(get, path = "/api/v1/devices/{id}/actions", tag = "devices", params(("id" = String, Path, description = "The device"), Wanted), responses(
    (status = 200, description = "A page of actions", body = Page<ActionView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_device_actions(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<ActionView>>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let filter = wanted.filter(Some(device.id))?;
    page_of(&app, &caller, filter).await.map(Json)
}
