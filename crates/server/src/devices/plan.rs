//! `POST /api/v1/devices/{id}/plan`: what would come of an action. Sends nothing and keeps nothing.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::Device;
use trust::action::Action;
use trust::code::Code;
use trust::plan::{Knowledge, Plan, Situation};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::actions::input::{ActionInput, read_action_to_plan};
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::{PathOf, SecretBody};
use crate::problem::{Problem, ProblemView};

/// The plan of an action, with what identifies it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Planned {
    /// Identifies what the plan says. An action that names it is refused as `plan_changed` when that is no longer so.
    pub plan_id: String,
    /// The plan.
    pub plan: Plan,
    /// Why the action would be refused; `null` when it would be accepted.
    pub refusal: Option<Code>,
    /// When the device was observed that way; `null` when it never was.
    pub observed_at: Option<Timestamp>,
}

/// Plans an action for a device. Passwords are not needed; those in the body are not read.
#[utoipa::path(post, path = "/api/v1/devices/{id}/plan", tag = "devices", params(("id" = String, Path, description = "The device")), request_body = ActionInput, responses(
    (status = 200, description = "The plan", body = Planned),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn plan_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    body: SecretBody,
) -> Result<Json<Planned>, Problem> {
    let action = read_action_to_plan(&body)?;
    let device = super::find(&app, &caller, &id).await?;
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    plan(&app, &device, &action).await.map(Json)
}

/// The plan of `action` on `device`, from what is known now.
pub(crate) async fn plan(app: &App, device: &Device, action: &Action) -> Result<Planned, Problem> {
    let observation = store::observation::find(&app.store, device.id).await?;
    let situation = Situation {
        observation: observation.as_ref(),
        online: app.is_online(device),
        knowledge: Knowledge::NONE,
    };
    let plan = Plan::for_action(action, &situation);
    Ok(Planned {
        plan_id: plan.id(action),
        refusal: plan.refusal(),
        observed_at: device.observed.as_ref().map(|observed| observed.at),
        plan,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{
        FakeMac, TestApp, grant_from_ada_to_bob, healthy_mac, mac_without_holders, old_mac,
    };

    #[tokio::test]
    async fn a_plan_needs_no_password_and_keeps_nothing() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let path = format!("/api/v1/devices/{}/plan", mac.id());
        let without = json!({
            "kind": "grant_secure_token",
            "administrator": { "username": "ada" },
            "target": { "username": "bob" },
        });
        let planned = app.post(&path, &without).await.expect(200);
        assert!(planned["refusal"].is_null());
        assert!(
            planned["plan"]["outcomes"]
                .as_array()
                .unwrap()
                .contains(&json!("granted"))
        );
        let with = app.post(&path, &grant_from_ada_to_bob()).await.expect(200);
        assert_eq!(with["plan_id"], planned["plan_id"]);
        assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
        assert!(mac.check_in(&app).await.offers.is_empty());
    }

    #[tokio::test]
    async fn a_plan_that_fails_says_why() {
        let app = TestApp::start().await;
        for (number, observation, code) in [
            (1, mac_without_holders(), "chain_broken"),
            (2, old_mac(), "os_too_old"),
        ] {
            let mac = app.enrolled(FakeMac::new(number, observation)).await;
            let path = format!("/api/v1/devices/{}/plan", mac.id());
            let planned = app.post(path, &grant_from_ada_to_bob()).await.expect(200);
            assert_eq!(planned["refusal"], code);
        }
        let mut unseen = FakeMac::new(3, healthy_mac());
        unseen.enroll(&app).await;
        let path = format!("/api/v1/devices/{}/plan", unseen.id());
        let planned = app.post(path, &grant_from_ada_to_bob()).await.expect(200);
        assert_eq!(planned["refusal"], "not_observed");
        assert!(planned["observed_at"].is_null());
    }

    #[tokio::test]
    async fn a_mac_that_is_offline_is_a_warning() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let path = format!("/api/v1/devices/{}/plan", mac.id());
        let online = app.post(&path, &grant_from_ada_to_bob()).await.expect(200);
        app.advance(std::time::Duration::from_secs(121));
        let offline = app.post(&path, &grant_from_ada_to_bob()).await.expect(200);
        assert_eq!(offline["plan_id"], online["plan_id"]);
        assert!(offline["refusal"].is_null());
        let rows = offline["plan"]["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["check"] == "device_online").unwrap();
        assert_eq!(row["state"], "warning");
    }
}
