//! `GET /api/v1/devices/{id}/chain`: who can hand a token on, and who has.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use store::device::NOT_OBSERVED;
use store::trust_edge::RecordedEdge;
use trust::chain;
use trust::id::ActionId;
use trust::outcome::TrustEdge;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::Problem;

/// The chain of trust of a device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Chain {
    /// `can_grant`, `only_standard_holders`, `broken`, `unknown` or `not_observed`.
    health: &'static str,
    /// Accounts that can hand a token on, by record name.
    granters: Vec<String>,
    /// Every hand-over that Bestow carried out, oldest first; those of a device whose place this one took come first.
    edges: Vec<EdgeView>,
}

/// A hand-over with the action that did it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EdgeView {
    /// The action.
    #[schema(value_type = String, format = "uuid")]
    pub action_id: ActionId,
    /// From whom to whom, how and when.
    #[serde(flatten)]
    pub edge: TrustEdge,
}

impl From<RecordedEdge> for EdgeView {
    fn from(recorded: RecordedEdge) -> Self {
        Self {
            action_id: recorded.action_id,
            edge: recorded.edge,
        }
    }
}

/// Shows the chain of trust of a device.
#[utoipa::path(get, path = "/api/v1/devices/{id}/chain", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "Its chain", body = Chain),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device_chain(
    State(app): State<SharedApp>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Chain>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let edges = store::trust_edge::list(&app.store, device.organization_id, device.id).await?;
    let members = observation.as_ref().map(chain::members).unwrap_or_default();
    Ok(Json(Chain {
        health: observation
            .as_ref()
            .map_or(NOT_OBSERVED, |observation| chain::health(observation).word()),
        granters: members
            .iter()
            .filter(|member| member.can_grant())
            .map(|member| member.account.record_name.clone())
            .collect(),
        edges: edges.into_iter().map(EdgeView::from).collect(),
    }))
}
