//! Rotation by a schedule, and what is found when it does not come about.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use trust::escrow::{EscrowKind, OVERDUE_AFTER};
use trust::fact::Fact;
use trust::observation::{FileVault, Observation};
use trust::resilience::STALE;
use trust::time::Timestamp;
use wire::escrow::Told;

use crate::clock::Clock as _;
use crate::devices::diagnose_anew::diagnose_anew;
use crate::testing::{Call, FakeMac, TestApp, healthy_mac, mac_without_holders};

const PATH: &str = "/api/v1/policies/recovery-key";
const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const DAY: Duration = Duration::from_hours(24);

fn locked() -> Observation {
    Observation {
        filevault: Fact::known(FileVault::On, Timestamp(1), "test"),
        ..healthy_mac()
    }
}

async fn set(app: &TestApp, days: u16) -> Value {
    let call = Call::new(Method::PUT, PATH)
        .bearer(&app.token)
        .key(&app.fresh_key());
    let body = json!({ "rotate_every_days": days, "reason": "by the rules" });
    app.send(call.json(&body)).await.expect(200)
}

async fn rotate_after(app: &TestApp, mac: &FakeMac) -> Option<Timestamp> {
    mac.escrow_terms(app).await.recovery_key.rotate_after
}

/// The names of Macs with a finding of this code, by the filter of the list, and by the list of what needs attention.
async fn found(app: &TestApp, code: &str) -> (usize, usize) {
    diagnose_anew(&app.app).await.unwrap();
    let listed = app
        .get(format!("/api/v1/devices?finding={code}"))
        .await
        .expect(200);
    let reason = app
        .get(format!("/api/v1/devices?needs_attention=true&reason={code}"))
        .await
        .expect(200);
    let count = |list: &Value| list["items"].as_array().unwrap().len();
    (count(&listed), count(&reason))
}

#[tokio::test]
async fn a_key_is_due_so_many_days_after_it_came_and_never_unless_somebody_decides() {
    let app = TestApp::start().await;
    assert_eq!(app.get(PATH).await.expect(200)["rotate_every_days"], 0);
    let mac = app.enrolled(FakeMac::new(1, locked())).await;
    mac.escrow_key(&app, 1, KEY).await;
    assert_eq!(rotate_after(&app, &mac).await, None);
    let came = app.clock.now();
    assert_eq!(set(&app, 30).await["rotate_every_days"], 30);
    assert_eq!(rotate_after(&app, &mac).await, Some(came.plus(DAY * 30)));
    app.advance(DAY * 30);
    mac.escrow_key(&app, 2, "ZYXW-9876-VUTR-5432-QPNM-LKJH").await;
    assert_eq!(rotate_after(&app, &mac).await, Some(came.plus(DAY * 60)));
    let call = Call::new(Method::PUT, PATH)
        .bearer(&app.token)
        .key(&app.fresh_key());
    app.send(call.json(&json!({ "rotate_every_days": 366 })))
        .await
        .expect_invalid(400, "rotate_every_days");
}

#[tokio::test]
async fn a_rotation_that_does_not_come_about_is_found_when_its_time_has_passed() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, locked())).await;
    mac.escrow_key(&app, 1, KEY).await;
    set(&app, 30).await;
    assert_eq!(found(&app, "recovery_key_overdue").await, (0, 0));
    app.advance(DAY * 30 + OVERDUE_AFTER);
    assert_eq!(found(&app, "recovery_key_overdue").await, (1, 1));
    mac.escrow_key(&app, 2, "ZYXW-9876-VUTR-5432-QPNM-LKJH").await;
    assert_eq!(found(&app, "recovery_key_overdue").await, (0, 0));
}

#[tokio::test]
async fn a_proof_that_grows_old_is_found_without_anything_happening() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, locked())).await;
    mac.escrow_key(&app, 1, KEY).await;
    assert_eq!(found(&app, "recovery_key_not_proved").await.0, 0);
    app.advance(STALE + Duration::from_secs(1));
    assert_eq!(found(&app, "recovery_key_not_proved").await.0, 1);
    let proved = Told::Proved {
        version: 1,
        at: app.clock.now(),
    };
    let kind = EscrowKind::PersonalRecoveryKey;
    mac.tell_vault(&app, 2, kind, proved).await.expect(200);
    assert_eq!(found(&app, "recovery_key_not_proved").await.0, 0);
    app.advance(STALE + Duration::from_secs(1));
    assert_eq!(
        found(&app, "recovery_key_not_proved").await.0,
        1,
        "and grows old again"
    );
}

#[tokio::test]
async fn a_key_that_is_not_the_macs_any_more_is_found_at_once() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, locked())).await;
    let other = app.enrolled(FakeMac::new(2, locked())).await;
    let kind = EscrowKind::PersonalRecoveryKey;
    other
        .tell_vault(&app, 1, kind, Told::KeyUnknown)
        .await
        .expect(200);
    mac.escrow_key(&app, 1, KEY).await;
    let disproved = Told::Disproved {
        version: 1,
        at: app.clock.now(),
    };
    mac.tell_vault(&app, 2, kind, disproved).await.expect(200);
    assert_eq!(
        found(&app, "recovery_key_unknown").await.0,
        1,
        "of a key that the vault never had, somebody else may take care"
    );
}

#[tokio::test]
async fn a_key_that_was_used_is_due_at_once_and_one_that_is_typed_at_the_mac_an_hour_later() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, locked())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let at = app.clock.now();
    let kind = EscrowKind::PersonalRecoveryKey;
    mac.tell_vault(&app, 2, kind, Told::Used { at }).await.expect(200);
    assert_eq!(rotate_after(&app, &mac).await, Some(at));

    let mut broken = mac_without_holders();
    broken.security.personal_recovery_key = Fact::known(true, Timestamp(1), "test");
    let broken = app.enrolled(FakeMac::new(2, broken)).await;
    assert_eq!(rotate_after(&app, &broken).await, None);
    let path = format!("/api/v1/devices/{}/recovery/links", broken.id());
    app.post(path, &json!({ "way": "personal_recovery_key" }))
        .await
        .expect(201);
    assert_eq!(
        rotate_after(&app, &broken).await,
        Some(app.clock.now().plus(Duration::from_hours(1))),
        "wherever the person has the key from"
    );
}
