//! A conflict, the ways past it, the choice of one, and what came of it.

use serde_json::{Value, json};
use trust::observation::{MdmEnrolment, Observation, PasswordOutlook, ServiceAccount, TokenLabel};
use trust::service_account::policy_conflict::{ObstructingRule, RuleOrigin};
use trust::time::Timestamp;
use wire::agent_api::CheckedIn;

use crate::testing::{
    Answer, Call, FakeMac, TestApp, account, healthy_mac, known, mac_with, service_account_seen,
    with_service_account,
};

const PAYLOAD: &str = "3B01C197-EA69-4DAE-A872-5C6AB9816A2B";

fn conflict(words: &str) -> ServiceAccount {
    let mut seen = service_account_seen();
    seen.policy.password = PasswordOutlook::Conflict {
        rules: vec![ObstructingRule {
            words: words.to_owned(),
            origin: RuleOrigin::Profile {
                payload: PAYLOAD.to_owned(),
            },
        }],
    };
    seen
}

/// A Mac of another MDM, whose agent knows this of its service account.
fn managed(mac: Observation, seen: ServiceAccount) -> Observation {
    Observation {
        mdm: known(MdmEnrolment {
            enrolled: true,
            user_approved: true,
            automated: false,
            server_url: Some("https://acme.jamfcloud.com/mdm".to_owned()),
        }),
        ..with_service_account(mac, seen)
    }
}

fn path(mac: &FakeMac) -> String {
    format!("/api/v1/devices/{}/service-account", mac.id())
}

async fn choose(app: &TestApp, mac: &FakeMac, body: &Value) -> Answer {
    let call = Call::post(format!("{}/policy-conflict-choice", path(mac))).bearer(&app.token);
    app.send(call.key(&app.fresh_key()).json(body)).await
}

async fn shown(app: &TestApp, mac: &FakeMac) -> Value {
    app.get(path(mac)).await.expect(200)
}

/// The agent goes by what it is told from now on, and sees this.
async fn tries_again(app: &TestApp, mac: &mut FakeMac, told: &CheckedIn, mut seen: ServiceAccount) {
    let settings = told.settings.as_ref().expect("new settings are told");
    assert!(settings.try_again_at.is_some());
    seen.settings_digest = Some(settings.digest());
    mac.observation = managed(healthy_mac(), seen);
    mac.check_in(app).await;
}

#[tokio::test]
async fn a_way_is_chosen_and_what_comes_of_trying_again_stands_beside_it() {
    let app = TestApp::start().await;
    let both = conflict("at most 8 characters");
    let mut mac = app.enrolled(FakeMac::new(1, managed(healthy_mac(), both))).await;
    let view = shown(&app, &mac).await;
    assert_eq!(
        (&view["policy_conflict"], &view["chosen"]),
        (&json!(true), &Value::Null)
    );
    let ways: Vec<&str> = view["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|choice| choice["workaround"].as_str().unwrap())
        .collect();
    assert_eq!(ways, ["exclude_mac", "remove_policy", "become_mdm"]);

    let body = json!({ "workaround": "remove_policy", "reason": "too strict" });
    let chosen = choose(&app, &mac, &body).await.expect(200)["chosen"].clone();
    assert_eq!(chosen["workaround"], "remove_policy");
    assert_eq!(chosen["by"], "api_token:administrator");
    assert_eq!(chosen["at"], app.now_ms());
    assert_eq!(chosen["reason"], "too strict");
    assert_eq!(chosen["rules"][0]["origin"]["payload"], PAYLOAD);
    let step = chosen["steps"][0].as_str().unwrap();
    assert!(step.contains(PAYLOAD) && step.contains("Jamf"), "{step}");
    assert_eq!(chosen["retry"]["outcome"], "waits_for_mac");
    let audit = app.get("/api/v1/audit").await.expect(200);
    let entry = &audit["items"][0];
    assert_eq!(
        (&entry["verb"], &entry["subject"], &entry["reason"]),
        (
            &json!("policy_conflict.chosen"),
            &json!("remove_policy"),
            &json!("too strict")
        )
    );
    assert_eq!(entry["device_id"], mac.id().to_string());

    // The policy is still there.
    let told = mac.check_in(&app).await;
    tries_again(&app, &mut mac, &told, conflict("at most 9 characters")).await;
    let retry = shown(&app, &mac).await["chosen"]["retry"].clone();
    assert_eq!(retry["outcome"], "still_in_conflict");
    assert_eq!(retry["rules"][0]["words"], "at most 9 characters");

    // The same way once more: the Mac tries once more, and the rules have gone.
    app.advance(std::time::Duration::from_secs(60));
    choose(&app, &mac, &json!({ "workaround": "remove_policy" }))
        .await
        .expect(200);
    assert_eq!(
        shown(&app, &mac).await["chosen"]["retry"]["outcome"],
        "waits_for_mac"
    );
    let told = mac.check_in(&app).await;
    tries_again(&app, &mut mac, &told, service_account_seen()).await;
    let view = shown(&app, &mac).await;
    assert_eq!(view["policy_conflict"], false);
    assert_eq!(view["chosen"]["retry"]["outcome"], "rules_gone");

    // A holder logs in.
    let seen = mac.observation.service_account.value().cloned().unwrap();
    let bestow = trust::observation::Account {
        password_set_at: Some(Timestamp(7)),
        ..account("_bestow", 499, true, TokenLabel::Enabled)
    };
    let ada = account("ada", 501, true, TokenLabel::Enabled);
    mac.observation = managed(mac_with(vec![bestow, ada]), seen);
    mac.check_in(&app).await;
    let view = shown(&app, &mac).await;
    assert_eq!(view["status"], "valid");
    assert_eq!(view["chosen"]["retry"]["outcome"], "succeeded");
}

#[tokio::test]
async fn a_closed_way_is_refused_with_what_is_against_it() {
    let app = TestApp::start().await;
    let seen = conflict("at most 8 characters");
    let mac = app.enrolled(FakeMac::new(1, managed(healthy_mac(), seen))).await;
    let refused = choose(&app, &mac, &json!({ "workaround": "become_mdm" })).await;
    let problem = refused.expect_problem(422, "workaround_closed");
    let problem = problem["detail"].as_str().unwrap();
    assert!(problem.contains("Bestow is set up as an MDM"), "{problem}");
    assert_eq!(shown(&app, &mac).await["chosen"], Value::Null);
    choose(&app, &mac, &json!({ "workaround": "magic" }))
        .await
        .expect_invalid(400, "workaround");
}

#[tokio::test]
async fn where_nothing_is_in_the_way_nothing_is_chosen() {
    let app = TestApp::start().await;
    let mac = app
        .enrolled(FakeMac::new(1, managed(healthy_mac(), service_account_seen())))
        .await;
    choose(&app, &mac, &json!({ "workaround": "remove_policy" }))
        .await
        .expect_problem(409, "no_policy_conflict");
    let unseen = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    choose(&app, &unseen, &json!({ "workaround": "remove_policy" }))
        .await
        .expect_problem(409, "no_policy_conflict");
}

#[tokio::test]
async fn a_repeated_request_chooses_once() {
    let app = TestApp::start().await;
    let seen = conflict("at most 8 characters");
    let mac = app.enrolled(FakeMac::new(1, managed(healthy_mac(), seen))).await;
    let send = async |body: &Value| {
        let call = Call::post(format!("{}/policy-conflict-choice", path(&mac))).bearer(&app.token);
        app.send(call.key("choice-1").json(body)).await
    };
    let body = json!({ "workaround": "exclude_mac" });
    let first = send(&body).await.expect(200);
    app.advance(std::time::Duration::from_secs(60));
    let second = send(&body).await.expect(200);
    assert_eq!(first["chosen"]["at"], second["chosen"]["at"]);
    send(&json!({ "workaround": "remove_policy" }))
        .await
        .expect_problem(409, "idempotency_key_reused");
    // A second choice within one moment asks the Mac to try again all the same.
    let before = mac.check_in(&app).await.settings.unwrap();
    for _ in 0..2 {
        choose(&app, &mac, &body).await.expect(200);
    }
    let after = mac.check_in(&app).await.settings.unwrap();
    assert!(after.try_again_at > before.try_again_at);
}
