//! `GET /api/v1/devices/{id}`: everything that is known of a device.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::id::OrganizationId;
use trust::observation::Observation;
use utoipa::ToSchema;

use super::view::DeviceSummary;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// A device with its last observation and what a caller needs to seal secrets by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceDetails {
    /// The device in a line.
    #[serde(flatten)]
    summary: DeviceSummary,
    /// What its agent saw last; `null` when it has not told yet.
    observation: Option<Observation>,
    /// The X25519 public key that secrets for it are sealed to, as base64url without padding.
    sealing_key: String,
    /// Its organisation, which a seal is bound to.
    #[schema(value_type = String, format = "uuid")]
    organization_id: OrganizationId,
}

/// Shows a device.
#[utoipa::path(get, path = "/api/v1/devices/{id}", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "The device", body = DeviceDetails),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<DeviceDetails>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    Ok(Json(DeviceDetails {
        summary: DeviceSummary::of(&device, &app),
        observation,
        sealing_key: device.sealing_key.0.to_text(),
        organization_id: device.organization_id,
    }))
}

#[cfg(test)]
mod tests {
    use wire::encoding::Bytes;

    use crate::testing::{FakeMac, TestApp, healthy_mac};

    #[tokio::test]
    async fn a_device_comes_with_its_observation_and_its_key() {
        let app = TestApp::start().await;
        let mut mac = FakeMac::new(1, healthy_mac());
        mac.enroll(&app).await;
        let path = format!("/api/v1/devices/{}", mac.id());
        let unseen = app.get(&path).await.expect(200);
        assert!(unseen["observation"].is_null());
        assert_eq!(unseen["chain"], "not_observed");

        mac.check_in(&app).await;
        let seen = app.get(&path).await.expect(200);
        assert_eq!(seen["observation"], serde_json::to_value(healthy_mac()).unwrap());
        assert_eq!(seen["chain"], "can_grant");
        assert_eq!(seen["organization_id"], app.setup.organization_id().to_string());
        let key = Bytes::from_text(seen["sealing_key"].as_str().unwrap()).unwrap();
        assert_eq!(key, mac.identity.sealing_key.0);
        assert_eq!(seen["key_fingerprint"], mac.identity.sealing_key.fingerprint());
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        let app = TestApp::start().await;
        for id in ["nonsense", "00000000-0000-4000-8000-000000000000"] {
            for what in ["", "/accounts", "/chain", "/actions"] {
                let answer = app.get(format!("/api/v1/devices/{id}{what}")).await;
                answer.expect_problem(404, "not_found");
            }
        }
    }
}
