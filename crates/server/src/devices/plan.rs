//! `POST /api/v1/devices/{id}/plan`: what would come of an action. Sends nothing and keeps nothing.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::Device;
use trust::action::{Action, SecretRole};
use trust::code::Code;
use trust::enrolment::AttributeName;
use trust::id::CollectionId;
use trust::plan::{Knowledge, Plan, Situation};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::actions::input::{ActionInput, read_action_to_plan};
use crate::actions::resolve::{CollectedRole, ResolvedAction, resolve};
use crate::actions::view::AlreadyOpen;
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
    /// What would be asked of this device, with values in the place of wildcards.
    pub action: Action,
    /// The roles that collected secrets would play in it.
    pub collected: BTreeMap<SecretRole, CollectedView>,
    /// Why the action would be refused; `null` when it would be accepted.
    pub refusal: Option<Code>,
    /// When the device was observed that way; `null` when it never was.
    pub observed_at: Option<Timestamp>,
    /// An action that asks the same of the device for the same account and has not ended; `null` when there is none. A
    /// second one is not refused.
    pub already_open: Option<AlreadyOpen>,
}

/// A collected secret that would play a role in an action.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CollectedView {
    /// Its attribute.
    pub attribute: AttributeName,
    /// This collecting of it. Whoever seals the other secrets binds them to it.
    #[schema(value_type = String, format = "uuid")]
    pub collection_id: CollectionId,
    /// When it was collected.
    pub collected_at: Timestamp,
}

/// Plans an action for a device. Passwords are not needed; those in the body are looked at for wildcards only.
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
    let asked = read_action_to_plan(&body)?;
    drop(body);
    let device = super::find(&app, &caller, &id).await?;
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    let resolved = resolve(&app, &device, &asked).await?;
    plan(&app, &device, &resolved).await.map(Json)
}

/// The plan of an action on `device`, from what is known now.
pub(crate) async fn plan(app: &App, device: &Device, resolved: &ResolvedAction) -> Result<Planned, Problem> {
    let action = &resolved.action;
    let plan = outlook(app, device, action).await?;
    Ok(Planned {
        already_open: AlreadyOpen::find(app, device.id, action).await?,
        plan_id: plan.id(&(action, resolved.collected_refs())),
        refusal: plan.refusal(),
        observed_at: device.observed.as_ref().map(|observed| observed.at),
        plan,
        action: action.clone(),
        collected: collected(resolved),
    })
}

/// What would come of an action on `device`, from what is known now.
pub(crate) async fn outlook(app: &App, device: &Device, action: &Action) -> Result<Plan, Problem> {
    confirmed(action, device)?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let situation = Situation {
        observation: observation.as_ref(),
        online: app.is_online(device),
        knowledge: Knowledge::NONE,
    };
    Ok(Plan::for_action(action, &situation))
}

/// A name that is typed in confirmation is the Mac's.
fn confirmed(action: &Action, device: &Device) -> Result<(), Problem> {
    match action.confirm_device_name() {
        Some(typed) if typed != device.name => {
            Err(Problem::invalid("confirm_device_name", "is the Mac's name"))
        }
        _ => Ok(()),
    }
}

/// The roles that collected secrets play in an action.
pub(crate) fn collected(resolved: &ResolvedAction) -> BTreeMap<SecretRole, CollectedView> {
    resolved.collected.iter().map(view).collect()
}

fn view((role, collected): (&SecretRole, &CollectedRole)) -> (SecretRole, CollectedView) {
    let view = CollectedView {
        attribute: collected.reference.attribute.clone(),
        collection_id: collected.reference.collection_id,
        collected_at: collected.collected_at,
    };
    (*role, view)
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
