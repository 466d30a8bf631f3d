//! `GET /api/v1/devices/{id}/resilience`: how much has to go wrong on a device before nobody can hand a token on.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::Device;
use trust::observation::Observation;
use trust::resilience::{Resilience, Warning, resilience};
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// How well a device stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResilienceView {
    /// The score with its parts; `null` when the device has not told yet. The formula stands in the documentation.
    pub resilience: Option<Resilience>,
    /// Its warnings in sentences, in the same order.
    pub sentences: Vec<&'static str>,
}

/// Tells how well a device stands: how many can hand a token on, how many ways back there are, and how lately the recovery key
/// was proved.
#[utoipa::path(get, path = "/api/v1/devices/{id}/resilience", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "How well it stands", body = ResilienceView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device_resilience(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<ResilienceView>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    view(&app, &device, observation.as_ref()).await.map(Json)
}

/// How well `device` stands, as it was last seen.
pub(crate) async fn view(
    app: &App,
    device: &Device,
    seen: Option<&Observation>,
) -> Result<ResilienceView, Problem> {
    let kept = store::resilience::kept(&app.store, device.organization_id, &device.serial_number).await?;
    let resilience = seen.map(|seen| resilience(seen, &kept, app.now()));
    let warnings = resilience.as_ref().map(|found| found.warnings.as_slice());
    Ok(ResilienceView {
        sentences: warnings
            .unwrap_or_default()
            .iter()
            .copied()
            .map(Warning::sentence)
            .collect(),
        resilience,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders};

    #[tokio::test]
    async fn a_mac_has_the_points_that_it_was_seen_to_earn() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let path = format!("/api/v1/devices/{}/resilience", mac.id());
        let told = app.get(&path).await.expect(200);
        let found = &told["resilience"];
        let parts = ["holders", "routes", "freshness"].map(|part| found[part].as_u64().unwrap());
        assert_eq!(found["score"], parts.iter().sum::<u64>(), "{told}");
        assert!(parts[0] > 0 && parts[2] == 0, "{told}");
        assert_eq!(
            found["warnings"].as_array().unwrap().len(),
            told["sentences"].as_array().unwrap().len()
        );
        let broken = app.enrolled(FakeMac::new(2, mac_without_holders())).await;
        let told = app
            .get(format!("/api/v1/devices/{}/resilience", broken.id()))
            .await
            .expect(200);
        assert_eq!(told["resilience"]["warnings"][0], "nobody_can_grant", "{told}");
        let mut unseen = FakeMac::new(3, healthy_mac());
        unseen.enroll(&app).await;
        let told = app
            .get(format!("/api/v1/devices/{}/resilience", unseen.id()))
            .await
            .expect(200);
        assert_eq!(told, json!({ "resilience": null, "sentences": [] }));
    }
}
