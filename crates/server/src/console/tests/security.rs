//! What a device's page and the API tell of its security.

use serde_json::{Value, json};
use trust::fact::Fact;
use trust::observation::{SecureBoot, Security, SystemIntegrity};
use trust::time::Timestamp;

use super::grace::Grace;
use crate::testing::{Call, FakeMac, TestApp, healthy_mac};

fn seen<T>(value: T, by: &str) -> Fact<T> {
    Fact::known(value, Timestamp(1_770_000_000_000), by)
}

fn secured() -> Security {
    Security {
        system_integrity: seen(
            SystemIntegrity::Custom {
                off: vec!["Kext Signing".to_owned()],
            },
            "csrutil status",
        ),
        secure_boot: seen(SecureBoot::Medium, "bputil -d"),
        recovery_lock: Fact::unknown(
            "without an MDM it is not known",
            Timestamp(5),
            "mdmclient QuerySecurityInfo",
        ),
        personal_recovery_key: seen(true, "fdesetup haspersonalrecoverykey"),
        ..Security::default()
    }
}

#[tokio::test]
async fn the_page_tells_it_with_how_and_when_it_was_seen() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut observation = healthy_mac();
    observation.security = secured();
    let mac = app.enrolled(FakeMac::new(1, observation)).await;
    let page = grace.read(&format!("/devices/{}", mac.id())).await;
    for text in [
        "<h2 id=\"security\">Security</h2>",
        "on but for Kext Signing",
        "Reduced Security",
        "unknown: without an MDM it is not known",
        "FileVault says yes, but the disk lists none",
        "<code>csrutil status</code>",
        "2026-02-02 02:40:00",
    ] {
        assert!(page.contains(text), "{text} is missing in {page}");
    }
}

#[tokio::test]
async fn the_api_tells_each_fact_with_how_and_when_it_was_seen() {
    let app = TestApp::start().await;
    let mut observation = healthy_mac();
    observation.security = secured();
    let mac = app.enrolled(FakeMac::new(1, observation)).await;
    let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
    assert_eq!(
        device["observation"]["security"]["secure_boot"],
        json!({ "state": "known", "value": "medium", "at": 1_770_000_000_000_i64, "by": "bputil -d" })
    );
    assert_eq!(
        device["observation"]["security"]["recovery_lock"]["state"],
        "unknown"
    );
}

#[tokio::test]
async fn an_agent_that_does_not_look_for_it_is_understood() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut mac = FakeMac::new(1, healthy_mac());
    mac.enroll(&app).await;
    let observation = serde_json::to_value(&mac.observation).unwrap();
    assert_eq!(observation.get("security"), None::<&Value>);
    let told = json!({
        "agent_version": "0.0.9",
        "observation_digest": mac.observation.digest(),
        "observation": observation,
        "unfinished": [],
    });
    let call = mac.signed(&app, Call::post("/agent/v1/check-in").json(&told));
    app.send(call).await.expect(200);
    let page = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(page.contains("unknown: the agent did not look for it"), "{page}");
}
