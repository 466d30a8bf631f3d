//! `POST /agent/v1/actions/{id}/report`: an agent tells how an action ended. It may tell so again until it has heard that
//! it was understood.

use axum::Json;
use axum::extract::{Path, State};
use store::action::{NewReport, Reported};
use wire::agent_api::{Acknowledged, Report};

use super::body::AgentBody;
use super::observed;
use crate::app::SharedApp;
use crate::identity::CallingDevice;
use crate::problem::Problem;

/// Takes a report.
pub(crate) async fn report_action(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    Path(id): Path<String>,
    AgentBody(told): AgentBody<Report>,
) -> Result<Json<Acknowledged>, Problem> {
    let action_id = id.parse().map_err(|_| Problem::not_found())?;
    let new = NewReport {
        device_id: device.id,
        action_id,
        outcome: &told.outcome,
        at: app.now(),
    };
    let code = told.outcome.code;
    match store::action::report(&app.store, &new).await? {
        Reported::Ended(action) => {
            tracing::info!(action = %action_id, device = %device.id, %code, "action ended");
            app.events.action(action.changed());
        }
        Reported::Before => {}
        Reported::EndedOtherwise(action) => {
            let state = action.state.word();
            tracing::warn!(action = %action_id, device = %device.id, %code, state, "report came too late");
        }
        Reported::NotFound => return Err(Problem::not_found()),
    }
    if let Some(observation) = &told.observation {
        observed::keep(&app, &device, observation).await?;
    }
    Ok(Json(Acknowledged {
        server_time: app.now(),
    }))
}
