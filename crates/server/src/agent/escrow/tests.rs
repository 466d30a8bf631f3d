//! A Mac escrows through the real endpoint.

use std::time::Duration;

use secrecy::SecretString;
use store::escrow::Line;
use trust::escrow::{EscrowKind, Origin, Standing, State};
use wire::escrow::Told;
use wire::seal::{SealingPrivateKey, seal};

use crate::clock::Clock as _;
use crate::entropy::Entropy;
use crate::testing::{Call, FakeMac, SeededRng, TestApp, healthy_mac};
use crate::vault::EscrowKeys;

const PATH: &str = "/agent/v1/escrow";
const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const OTHER_KEY: &str = "ZYXW-9876-VUTR-5432-QPNM-LKJH";

mod file;

async fn standing(app: &TestApp, mac: &FakeMac) -> Standing {
    let device = store::device::find(&app.app.store, mac.id())
        .await
        .unwrap()
        .unwrap();
    let line = Line {
        organization_id: device.organization_id,
        serial_number: &device.serial_number,
        kind: EscrowKind::PersonalRecoveryKey,
    };
    store::escrow::standing(&app.app.store, line).await.unwrap()
}

#[tokio::test]
async fn a_recovery_key_is_kept_as_a_version_and_nowhere_in_clear() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    assert_eq!(mac.escrow_key(&app, 1, KEY).await.version, Some(1));
    let now = standing(&app, &mac).await;
    assert_eq!((now.state, now.current), (State::Held, Some(1)));
    assert_eq!(now.proved_at, Some(app.clock.now()));
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

#[tokio::test]
async fn a_message_that_comes_again_is_kept_once_and_another_key_is_another_version() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for _ in 0..2 {
        assert_eq!(mac.escrow_key(&app, 1, KEY).await.version, Some(1));
    }
    let same_key = mac.escrow_key(&app, 2, KEY).await;
    assert_eq!(same_key.version, Some(1), "the current key makes no new version");
    assert_eq!(mac.escrow_key(&app, 3, OTHER_KEY).await.version, Some(2));
    let late = mac.escrow_key(&app, 1, KEY).await;
    assert_eq!(late.version, Some(1), "it was kept before");
    assert_eq!(standing(&app, &mac).await.current, Some(2));
}

#[tokio::test]
async fn what_was_sealed_for_something_else_is_not_kept() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let other = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    let kind = EscrowKind::PersonalRecoveryKey;
    let told = mac.sealed_for_vault(&app, 1, KEY, None).await;
    let another_message = mac.tell_vault(&app, 2, kind, told.clone()).await;
    another_message.expect_problem(422, "escrow_not_opened");
    let another_mac = other.tell_vault(&app, 1, kind, told.clone()).await;
    another_mac.expect_problem(422, "escrow_not_opened");
    let another_kind = mac.tell_vault(&app, 1, EscrowKind::BootstrapToken, told).await;
    another_kind.expect_problem(422, "escrow_not_opened");
    let another_vault = SealingPrivateKey::generate(&mut SeededRng::new(8)).public_key();
    let sealed = seal(
        &another_vault,
        &SecretString::from(KEY),
        b"",
        &mut SeededRng::new(9),
    );
    let told = Told::Secret {
        sealed: sealed.unwrap(),
        origin: Origin::Typed,
        proved_at: None,
    };
    mac.tell_vault(&app, 3, kind, told)
        .await
        .expect_problem(422, "escrow_not_opened");
    let told = mac.sealed_for_vault(&app, 4, "not a recovery key", None).await;
    let problem = mac
        .tell_vault(&app, 4, kind, told)
        .await
        .expect_invalid(400, "told");
    assert!(!problem.to_string().contains("not a recovery key"));
    assert_eq!(standing(&app, &mac).await, Standing::default());
}

#[tokio::test]
async fn proofs_and_losses_are_told_of_a_version() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let kind = EscrowKind::PersonalRecoveryKey;
    mac.escrow_key(&app, 1, KEY).await;
    app.advance(Duration::from_secs(60));
    let ahead = app.clock.now().plus(Duration::from_hours(1));
    let proved = Told::Proved {
        version: 1,
        at: ahead,
    };
    mac.tell_vault(&app, 2, kind, proved).await.expect(200);
    let proved_at = standing(&app, &mac).await.proved_at;
    assert_eq!(
        proved_at,
        Some(app.clock.now()),
        "nothing is proved in the future"
    );

    mac.tell_vault(&app, 3, kind, Told::KeyUnknown).await.expect(200);
    let lost = standing(&app, &mac).await;
    assert_eq!((lost.state, lost.current), (State::KeyUnknown, None));
    let no_such = Told::Proved {
        version: 2,
        at: app.clock.now(),
    };
    mac.tell_vault(&app, 4, kind, no_such)
        .await
        .expect_problem(404, "not_found");
    assert_eq!(mac.escrow_key(&app, 5, KEY).await.version, Some(2));
    let wrong = Told::Disproved {
        version: 2,
        at: app.clock.now(),
    };
    mac.tell_vault(&app, 6, kind, wrong).await.expect(200);
    assert_eq!(standing(&app, &mac).await.state, State::KeyUnknown);
    mac.tell_vault(&app, 7, kind, Told::Emptied).await.expect(200);
    let ended = standing(&app, &mac).await;
    assert_eq!((ended.state, ended.latest), (State::Ended, 2));
}

#[tokio::test]
async fn a_check_in_says_when_there_are_new_terms() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let told = mac.check_in(&app).await.escrow_digest;
    assert_eq!(told, Some(mac.escrow_terms(&app).await.digest()));
    mac.escrow_key(&app, 1, KEY).await;
    let now = mac.escrow_terms(&app).await;
    assert_eq!(
        (now.recovery_key.state, now.recovery_key.version),
        (State::Held, Some(1))
    );
    assert_ne!(mac.check_in(&app).await.escrow_digest, told);
    assert_eq!(mac.check_in(&app).await.escrow_digest, Some(now.digest()));
}

#[tokio::test]
async fn a_mac_that_waits_for_approval_escrows_nothing_and_then_begins_after_what_is_kept() {
    let app = TestApp::start().await;
    let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    before.escrow_key(&app, 1, KEY).await;
    let mac = app.enrolled(before.reinstalled(9)).await;
    let refused = mac
        .tell_vault(&app, 2, EscrowKind::PersonalRecoveryKey, Told::Emptied)
        .await;
    refused.expect_problem(409, "device_pending");
    let refused = app.send(mac.signed(&app, Call::get(PATH))).await;
    refused.expect_problem(409, "device_pending");
    assert_eq!(mac.check_in(&app).await.escrow_digest, None);
    // Whoever looks at the key on the new device's page does not make it that one's.
    let reveal = format!("/api/v1/devices/{}/recovery-key/reveal", mac.id());
    let reason = serde_json::json!({ "reason": "it was erased" });
    app.post(reveal, &reason).await.expect(200);

    let path = format!("/api/v1/devices/{}/approve", mac.id());
    app.post(path, &serde_json::Value::Null).await.expect(200);
    let ended = standing(&app, &mac).await;
    assert_eq!((ended.state, ended.latest), (State::Ended, 1));
    assert_eq!(mac.escrow_key(&app, 3, KEY).await.version, Some(2));
    let late = Told::Emptied;
    let refused = before
        .tell_vault(&app, 4, EscrowKind::PersonalRecoveryKey, late)
        .await;
    refused.expect_problem(401, "device_token_invalid");
}

/// A key of the vault is gone: what the Mac has now is kept all the same, under the one that is there.
#[tokio::test]
async fn a_kept_key_that_does_not_open_keeps_no_new_one_out() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let keys = app.file("escrow.keys");
    std::fs::remove_file(&keys).unwrap();
    EscrowKeys::open(&keys, 0, Entropy::from_rng(SeededRng::new(77))).unwrap();
    assert_eq!(mac.escrow_key(&app, 2, OTHER_KEY).await.version, Some(2));
    let reveal = format!("/api/v1/devices/{}/recovery-key/reveal", mac.id());
    let shown = app
        .post(reveal, &serde_json::json!({ "reason": "call 7" }))
        .await
        .expect(200);
    assert_eq!(shown["secret"], OTHER_KEY);
}
