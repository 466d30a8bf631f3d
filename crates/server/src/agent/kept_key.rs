//! `GET /agent/v1/escrow/key`: a kept recovery key goes back to the Mac that escrowed it, to be tried there. Nobody else gets it so,
//! and the Mac not before a proof is due.

use axum::Json;
use axum::extract::State;
use trust::code::Code;
use trust::escrow::{EscrowKind, proof};
use wire::escrow::KeptKey;
use wire::seal::seal;

use crate::app::SharedApp;
use crate::escrow::line;
use crate::escrow::open::open;
use crate::identity::CallingDevice;
use crate::problem::Problem;

/// Tells the current version, sealed to the device.
pub(crate) async fn show_kept_key(
    State(app): State<SharedApp>,
    CallingDevice(calling): CallingDevice,
) -> Result<Json<KeptKey>, Problem> {
    if calling.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    let none = || Problem::unprocessable(Code::NoRecoveryKey);
    let device = store::device::find(&app.store, calling.id).await?;
    let device = device.ok_or_else(Problem::not_found)?;
    let line = line(&device, EscrowKind::PersonalRecoveryKey);
    let standing = store::escrow::standing(&app.store, line).await?;
    let is_due = proof::due(&standing).is_some_and(|at| at <= app.now());
    let version = standing.current.filter(|_| is_due).ok_or_else(none)?;
    let kept = store::escrow::find_secret(&app.store, line, version).await?;
    if kept.is_none_or(|kept| kept.device_id != device.id) {
        return Err(none());
    }
    let key = open(&app, line, version).await?.ok_or_else(none)?;
    let bound_to = KeptKey::associated_data(device.organization_id, device.id, version);
    let sealed = seal(&device.sealing_key, &key, &bound_to, &mut *app.entropy.lock())
        .map_err(|error| Problem::internal(&error))?;
    tracing::info!(device = %device.id, version, "a kept recovery key goes to its Mac to be tried");
    Ok(Json(KeptKey { version, sealed }))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use secrecy::ExposeSecret as _;
    use serde_json::json;
    use trust::escrow::{EscrowKind, proof};
    use wire::escrow::{KeptKey, Told};

    use crate::clock::Clock as _;
    use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

    const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";

    async fn ask(app: &TestApp, mac: &FakeMac) -> Answer {
        app.send(mac.signed(app, Call::get("/agent/v1/escrow/key"))).await
    }

    async fn opened(app: &TestApp, mac: &FakeMac, told: &KeptKey) -> Option<String> {
        let device = store::device::find(&app.app.store, mac.id())
            .await
            .unwrap()
            .unwrap();
        let bound_to = KeptKey::associated_data(device.organization_id, mac.id(), told.version);
        let key = mac.open_sealed(&told.sealed, &bound_to)?;
        Some(key.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn a_key_goes_back_to_its_own_mac_when_a_proof_is_due_and_not_before() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        ask(&app, &mac).await.expect_problem(422, "no_recovery_key");
        mac.escrow_key(&app, 1, KEY).await;
        let terms = mac.escrow_terms(&app).await.recovery_key;
        let due = app.clock.now().plus(proof::EVERY);
        assert_eq!(terms.prove_after, Some(due));
        ask(&app, &mac).await.expect_problem(422, "no_recovery_key");
        app.advance(proof::EVERY);
        let answer = ask(&app, &mac).await;
        answer.expect(200);
        let told: KeptKey = answer.read_as();
        assert_eq!(
            (told.version, opened(&app, &mac, &told).await),
            (1, Some(KEY.to_owned()))
        );
        let other = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        assert_eq!(opened(&app, &other, &told).await, None);
        ask(&app, &other).await.expect_problem(422, "no_recovery_key");
        assert!(!answer.text.contains(KEY));

        let proved = Told::Proved {
            version: 1,
            at: app.clock.now(),
        };
        let kind = EscrowKind::PersonalRecoveryKey;
        mac.tell_vault(&app, 2, kind, proved).await.expect(200);
        ask(&app, &mac).await.expect_problem(422, "no_recovery_key");
    }

    #[tokio::test]
    async fn a_mac_that_was_erased_does_not_get_the_key_that_it_had() {
        let app = TestApp::start().await;
        let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        before.escrow_key(&app, 1, KEY).await;
        app.advance(proof::EVERY + Duration::from_secs(1));
        let mut after = before.reinstalled(2);
        after.enroll(&app).await;
        ask(&app, &after).await.expect_problem(409, "device_pending");
        app.post(format!("/api/v1/devices/{}/approve", after.id()), &json!({}))
            .await
            .expect(200);
        ask(&app, &after).await.expect_problem(422, "no_recovery_key");
    }
}
