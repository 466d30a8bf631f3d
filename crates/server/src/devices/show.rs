//! `GET /api/v1/devices/{id}`: everything that is known of a device.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::id::OrganizationId;
use trust::observation::Observation;
use trust::preboot::predicted_list;
use trust::restart::waiting_for_restart;
use utoipa::ToSchema;

use super::mdm::MdmView;
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
    /// Who is offered on the start-up screen, by record name, once its copy is fresh; `null` when that cannot be told.
    start_up_screen: Option<Vec<String>>,
    /// Who got a token and is offered there only after the next restart, by record name; `null` when that cannot be told.
    waiting_for_restart: Option<Vec<String>>,
    /// Whether macOS lets the agent check passwords against the disk; `null` when that has not been tried.
    full_disk_access: Option<bool>,
    /// Which MDM it is registered with; `null` when its agent has not told yet.
    mdm: Option<MdmView>,
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
    let grace = crate::attention::grace(&app, device.organization_id).await?;
    let edges = super::chain::edges(&app, &device).await?;
    let seen = observation.as_ref();
    Ok(Json(DeviceDetails {
        summary: DeviceSummary::of(&device, &app, grace),
        start_up_screen: seen.and_then(start_up_screen),
        waiting_for_restart: seen.and_then(|seen| waiting_for_restart(seen, &edges)),
        full_disk_access: seen.and_then(|seen| seen.full_disk_access.value().copied()),
        mdm: seen.map(|seen| MdmView::of(&seen.mdm)),
        observation,
        sealing_key: device.sealing_key.0.to_text(),
        organization_id: device.organization_id,
    }))
}

/// Who is offered on the start-up screen of the Mac that was seen so, by record name.
pub(crate) fn start_up_screen(observation: &Observation) -> Option<Vec<String>> {
    let offered = predicted_list(observation)?;
    Some(
        offered
            .iter()
            .map(|account| account.record_name.clone())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;
    use trust::fact::Fact;
    use trust::observation::TokenLabel;
    use wire::encoding::Bytes;

    use crate::clock::Clock as _;
    use crate::testing::{FakeMac, TestApp, account, healthy_mac, mac_with};

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
    async fn who_is_offered_at_the_start_and_who_waits_for_it() {
        let app = TestApp::start().await;
        let mut mac = FakeMac::new(1, healthy_mac());
        mac.enroll(&app).await;
        let path = format!("/api/v1/devices/{}", mac.id());
        let unseen = app.get(&path).await.expect(200);
        for field in ["start_up_screen", "waiting_for_restart", "full_disk_access"] {
            assert!(unseen[field].is_null(), "{field}");
        }
        mac.check_in(&app).await;
        let before = app.get(&path).await.expect(200);
        assert_eq!(before["start_up_screen"], json!(["ada"]));
        assert_eq!(before["waiting_for_restart"], json!([]));
        assert_eq!(before["full_disk_access"], true);

        let action = app.grant(&mac).await;
        mac.start(&app, &action["id"]).await.expect(200);
        let outcome = mac.granted(app.clock.now());
        mac.observation = mac_with(vec![
            account("ada", 501, true, TokenLabel::Enabled),
            account("bob", 502, false, TokenLabel::Enabled),
        ]);
        mac.report(&app, &action["id"], outcome).await.expect(200);
        let granted = app.get(&path).await.expect(200);
        assert_eq!(granted["start_up_screen"], json!(["ada", "bob"]));
        assert_eq!(granted["waiting_for_restart"], json!(["bob"]));

        let now = app.clock.now();
        mac.observation.booted_at = Fact::known(now.plus(Duration::from_secs(1)), now, "test");
        mac.check_in(&app).await;
        let restarted = app.get(&path).await.expect(200);
        assert_eq!(restarted["waiting_for_restart"], json!([]));
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        let app = TestApp::start().await;
        for id in ["nonsense", "00000000-0000-4000-8000-000000000000"] {
            for what in ["", "/accounts", "/chain", "/actions", "/findings", "/timeline"] {
                let answer = app.get(format!("/api/v1/devices/{id}{what}")).await;
                answer.expect_problem(404, "not_found");
            }
        }
    }
}
