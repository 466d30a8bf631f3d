//! `POST /agent/v1/actions/{id}/start`: an agent asks whether it may begin. After that, an action is neither called back
//! nor does it expire.

use axum::Json;
use axum::extract::{Path, State};
use store::action::Started as Outcome;
use trust::code::Code;
use wire::agent_api::Started;

use crate::app::SharedApp;
use crate::identity::CallingDevice;
use crate::problem::Problem;

/// Lets an agent begin, or says why not: the problem's code is that of the action's end.
pub(crate) async fn start_action(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    Path(id): Path<String>,
) -> Result<Json<Started>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let server_time = app.now();
    match store::action::start(&app.store, device.id, id, server_time).await? {
        Outcome::Now(action) => {
            tracing::info!(action = %id, device = %device.id, "action started");
            app.events.action(action.changed());
            Ok(Json(Started { server_time }))
        }
        Outcome::Before => Ok(Json(Started { server_time })),
        // An action that waits still and may not begin has run out of time.
        Outcome::TooLate(action) => Err(Problem::conflict(action.code.unwrap_or(Code::Expired))),
        Outcome::NotFound => Err(Problem::not_found()),
    }
}
