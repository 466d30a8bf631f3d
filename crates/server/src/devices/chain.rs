//! `GET /api/v1/devices/{id}/chain`: who can hand a token on, and who has.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::{Device, NOT_OBSERVED};
use store::trust_edge::RecordedEdge;
use trust::chain;
use trust::id::ActionId;
use trust::outcome::TrustEdge;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

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
    /// The action; `null` when the agent did it by itself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub action_id: Option<ActionId>,
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
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device_chain(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
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

/// Every hand-over on a device, oldest first.
pub(crate) async fn edges(app: &App, device: &Device) -> Result<Vec<TrustEdge>, Problem> {
    let recorded = store::trust_edge::list(&app.store, device.organization_id, device.id).await?;
    Ok(recorded.into_iter().map(|recorded| recorded.edge).collect())
}

#[cfg(test)]
mod tests {
    use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders};

    #[tokio::test]
    async fn the_chain_names_its_granters_and_its_health() {
        let app = TestApp::start().await;
        let healthy = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let broken = app.enrolled(FakeMac::new(2, mac_without_holders())).await;
        let mut unseen = FakeMac::new(3, healthy_mac());
        unseen.enroll(&app).await;
        for (mac, health, granters) in [
            (&healthy, "can_grant", vec!["ada"]),
            (&broken, "broken", vec![]),
            (&unseen, "not_observed", vec![]),
        ] {
            let chain = app
                .get(format!("/api/v1/devices/{}/chain", mac.id()))
                .await
                .expect(200);
            assert_eq!(chain["health"], health);
            assert_eq!(chain["granters"], serde_json::json!(granters));
            assert_eq!(chain["edges"], serde_json::json!([]));
        }
    }
}
