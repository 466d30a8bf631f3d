//! `GET /api/v1/devices/{id}/recovery`: what leads a device back on which nobody can hand a token on.

mod begun;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::device::NOT_OBSERVED;
use trust::escrow::{EscrowKind, Standing};
use trust::recovery::{WayBack, in_the_vault, recovery};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::escrow::line;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};
pub(crate) use begun::{BegunView, begun};

/// The ways back of a device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecoveryView {
    /// Why it needs one: `chain_broken` or `no_granter`; `none` when it needs none, `unknown` when it did not tell enough,
    /// `not_observed` when it has not told at all.
    need: &'static str,
    /// The need in a sentence.
    summary: &'static str,
    /// The ways that may lead back, the cheapest first and erasing last; then those that are closed. Empty when none is
    /// needed.
    ways: Vec<WayView>,
    /// When the device told what this follows from.
    observed_at: Option<Timestamp>,
    /// How far the Mac is since somebody was sent the steps last; `null` when nobody was, or it is more than 90 days since the
    /// link has run out.
    begun: Option<BegunView>,
}

/// A way back with its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WayView {
    /// What people call it.
    label: &'static str,
    /// What the vault has of the recovery key that it needs, in a sentence; `null` for a way that needs none of the vault.
    in_the_vault: Option<&'static str>,
    /// How it stands, and how it is gone.
    #[serde(flatten)]
    way: WayBack,
}

impl WayView {
    fn of(way: WayBack, key: &Standing) -> Self {
        Self {
            label: way.way.label(),
            in_the_vault: in_the_vault(way.way, key),
            way,
        }
    }
}

/// Tells which ways lead a device back, and how each is gone. It changes nothing.
#[utoipa::path(get, path = "/api/v1/devices/{id}/recovery", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "Its ways back", body = RecoveryView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device_recovery(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<RecoveryView>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    let found = observation.as_ref().map(recovery);
    let begun = begun(&app, &device, observation.as_ref()).await?;
    let key = store::escrow::standing(&app.store, line(&device, EscrowKind::PersonalRecoveryKey)).await?;
    Ok(Json(RecoveryView {
        need: found.as_ref().map_or(NOT_OBSERVED, |found| found.need.word()),
        summary: found
            .as_ref()
            .map_or("Its agent has not told yet.", |found| found.need.sentence()),
        ways: found
            .map(|found| found.ways.into_iter().map(|way| WayView::of(way, &key)).collect())
            .unwrap_or_default(),
        observed_at: device.observed.map(|observed| observed.at),
        begun,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use trust::fact::Fact;
    use trust::observation::{CryptoUser, CryptoUserKind, Observation};
    use trust::time::Timestamp;

    use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders, only_standard_holder};

    async fn ways_back(app: &TestApp, mac: &FakeMac) -> Value {
        app.get(format!("/api/v1/devices/{}/recovery", mac.id()))
            .await
            .expect(200)
    }

    fn with_recovery_key(mut seen: Observation) -> Observation {
        let key = CryptoUser {
            uuid: "EBC6C064-0000-11AA-AA11-00306543ECAC".to_owned(),
            kind: CryptoUserKind::PersonalRecovery,
            volume_owner: None,
        };
        seen.crypto_users = Fact::known(vec![key], Timestamp(1), "test");
        seen.security.personal_recovery_key = Fact::known(true, Timestamp(1), "test");
        seen
    }

    fn way<'a>(told: &'a Value, word: &str) -> &'a Value {
        let ways = told["ways"].as_array().unwrap();
        ways.iter().find(|way| way["way"] == word).unwrap()
    }

    #[tokio::test]
    async fn a_broken_chain_gets_its_ways_with_their_steps() {
        let app = TestApp::start().await;
        let broken = FakeMac::new(1, with_recovery_key(mac_without_holders()));
        let mac = app.enrolled(broken).await;
        let told = ways_back(&app, &mac).await;
        assert_eq!(told["need"], "chain_broken");
        assert!(told["observed_at"].is_number());
        let key = way(&told, "personal_recovery_key");
        assert_eq!(
            (&key["standing"], &key["label"]),
            (&json!("open"), &json!("The personal recovery key"))
        );
        assert_eq!(key["guide"]["at_the_mac"], true);
        assert!(key["guide"]["steps"].as_array().unwrap().len() > 5);
        let kept = key["in_the_vault"].as_str().unwrap();
        assert!(kept.starts_with("The vault has no key of this Mac."), "{kept}");
        assert_eq!(way(&told, "erase")["in_the_vault"], Value::Null);
        mac.escrow_key(&app, 1, "ABCD-2345-EFGH-6789-JKLM-NPQR").await;
        let told = ways_back(&app, &mac).await;
        let kept = &way(&told, "personal_recovery_key")["in_the_vault"];
        assert!(kept.as_str().unwrap().starts_with("The vault has "), "{kept}");
        assert_ne!(
            way(&told, "personal_recovery_key")["in_the_vault"],
            key["in_the_vault"]
        );
        let refused = way(&told, "institutional_recovery_key");
        assert_eq!(
            (&refused["standing"], &refused["guide"]),
            (&json!("closed"), &Value::Null)
        );
    }

    #[tokio::test]
    async fn a_standard_holder_gets_the_action_ready_made() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, only_standard_holder())).await;
        let told = ways_back(&app, &mac).await;
        assert_eq!(told["need"], "no_granter");
        let action = &way(&told, "another_holder")["action"];
        assert_eq!(
            action,
            &json!({
                "kind": "grant_secure_token", "administrator": "carol", "target": "ada", "promote_administrator": true,
            })
        );
    }

    #[tokio::test]
    async fn no_ways_are_told_where_none_is_needed_or_nothing_is_known() {
        let app = TestApp::start().await;
        let healthy = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let told = ways_back(&app, &healthy).await;
        assert_eq!((&told["need"], &told["ways"]), (&json!("none"), &json!([])));
        let mut unseen = FakeMac::new(2, healthy_mac());
        unseen.enroll(&app).await;
        let told = ways_back(&app, &unseen).await;
        assert_eq!(
            (&told["need"], &told["ways"]),
            (&json!("not_observed"), &json!([]))
        );
        assert!(told["observed_at"].is_null());
        app.get("/api/v1/devices/nonsense/recovery")
            .await
            .expect_problem(404, "not_found");
    }
}
