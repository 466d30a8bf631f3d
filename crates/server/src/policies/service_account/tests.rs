//! The policy from the API to the agent, and what lists and pages tell of service accounts.

use axum::http::Method;
use serde_json::{Value, json};
use trust::code::Code;
use trust::id::{DeedId, GenericUuid as _};
use trust::observation::{Account, Observation, TokenLabel};
use trust::outcome::{GrantMethod, TrustEdge};
use trust::service_account::{Deed, DeedKind, Settings};
use trust::time::Timestamp;
use wire::agent_api::{CheckIn, CheckedIn};

use crate::testing::{
    Answer, Call, FakeMac, TestApp, account, healthy_mac, mac_with, old_mac, service_account_seen,
    with_service_account,
};

const POLICY: &str = "/api/v1/policies/service-account";

async fn set(app: &TestApp, body: Value) -> Value {
    put(app, POLICY, &body).await.expect(200)
}

async fn put(app: &TestApp, path: &str, body: &Value) -> Answer {
    let call = Call::new(Method::PUT, path).bearer(&app.token);
    app.send(call.key(&app.fresh_key()).json(body)).await
}

fn check_in(mac: &FakeMac, settings_digest: Option<String>, deeds: Vec<Deed>) -> CheckIn {
    CheckIn {
        agent_version: mac.identity.agent_version.clone(),
        observation_digest: mac.observation.digest(),
        observation: None,
        unfinished: Vec::new(),
        settings_digest,
        deeds,
    }
}

async fn tell(app: &TestApp, mac: &FakeMac, told: &CheckIn) -> CheckedIn {
    let call = mac.signed(app, Call::post("/agent/v1/check-in").json(told));
    let answer = app.send(call).await;
    answer.expect(200);
    answer.read_as()
}

async fn names(app: &TestApp, filter: &str) -> Vec<String> {
    let path = format!("/api/v1/devices?service_account={filter}");
    let found = app.get(path).await.expect(200);
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

fn missing() -> Observation {
    with_service_account(healthy_mac(), service_account_seen())
}

fn valid() -> Observation {
    let bestow = Account {
        password_set_at: Some(Timestamp(7)),
        ..account("_bestow", 499, true, TokenLabel::Enabled)
    };
    let ada = account("ada", 501, true, TokenLabel::Enabled);
    with_service_account(mac_with(vec![bestow, ada]), service_account_seen())
}

#[tokio::test]
async fn an_agent_is_told_what_is_wanted_until_it_goes_by_it() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let usual = tell(&app, &mac, &check_in(&mac, None, Vec::new())).await.settings;
    assert_eq!(usual, Some(Settings::default()));
    let known = Some(Settings::default().digest());
    let told = tell(&app, &mac, &check_in(&mac, known.clone(), Vec::new())).await;
    assert_eq!(told.settings, None);
    let body = json!({ "rotate_every_days": 7, "excluded_accounts": ["guest"], "reason": "rules" });
    let policy = set(&app, body).await;
    assert_eq!(policy["rotate_every_days"], 7);
    assert_eq!(policy["excluded_accounts"], json!(["guest"]));
    assert_eq!(policy["enabled"], true, "what was left out stays");
    let settings = tell(&app, &mac, &check_in(&mac, known.clone(), Vec::new()))
        .await
        .settings;
    let settings = settings.unwrap();
    assert_eq!(settings.rotate_every_days, 7);
    assert!(settings.excludes("guest"));
    let excluding = format!("/api/v1/devices/{}/service-account/exclusion", mac.id());
    let body = json!({ "excluded": true });
    let view = put(&app, &excluding, &body).await.expect(200);
    assert_eq!(view["excluded"], true);
    let told = tell(&app, &mac, &check_in(&mac, known, Vec::new()))
        .await
        .settings;
    assert!(!told.unwrap().wanted);
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused() {
    let app = TestApp::start().await;
    for (body, field) in [
        (json!({ "rotate_every_days": 0 }), "rotate_every_days"),
        (json!({ "rotate_every_days": 366 }), "rotate_every_days"),
        (json!({ "excluded_accounts": ["-x"] }), "excluded_accounts"),
    ] {
        put(&app, POLICY, &body).await.expect_invalid(400, field);
    }
}

#[tokio::test]
async fn lists_filters_and_the_device_tell_how_it_stands() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, valid())).await;
    let broken = app.enrolled(FakeMac::new(2, missing())).await;
    app.enrolled(FakeMac::new(3, healthy_mac())).await;
    app.enrolled(FakeMac::new(4, old_mac())).await;
    assert_eq!(names(&app, "valid").await, ["Mac 1"]);
    assert_eq!(names(&app, "invalid").await, ["Mac 2"]);
    assert_eq!(names(&app, "easily_recovered").await, ["Mac 2"]);
    assert_eq!(names(&app, "unknown").await, ["Mac 3"]);
    assert_eq!(names(&app, "not_wanted").await, ["Mac 4"]);
    assert_eq!(
        names(&app, "invalid&finding=service_account_missing").await,
        ["Mac 2"]
    );
    assert_eq!(
        names(&app, "valid&finding=service_account_missing").await,
        [""; 0]
    );
    assert_eq!(names(&app, "invalid&q=mac").await, ["Mac 2"]);
    let path = format!("/api/v1/devices/{}/service-account", broken.id());
    let view = app.get(path).await.expect(200);
    assert_eq!(view["status"], "invalid");
    assert_eq!(view["label"], "Invalid");
    assert_eq!(view["reasons"][0]["reason"], "missing");
    assert_eq!(view["easily_recovered"], true);
    assert!(view["consequence"].as_str().unwrap().contains("cannot unlock"));
    let cookie = app.session().await;
    let page = app
        .send(Call::get(format!("/devices/{}", broken.id())).header("cookie", cookie))
        .await
        .text;
    for words in [
        "Invalid, easily recovered",
        "no service account",
        "Create Service Account",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let policy = set(&app, json!({ "enabled": false })).await;
    assert_eq!(policy["enabled"], false);
    assert_eq!(names(&app, "invalid").await, [""; 0]);
    assert_eq!(names(&app, "not_wanted").await.len(), 4);
}

#[tokio::test]
async fn whether_it_can_authorise_updates_is_told() {
    let app = TestApp::start().await;
    let told = async |number, observation| {
        let mac = app.enrolled(FakeMac::new(number, observation)).await;
        let view = app
            .get(format!("/api/v1/devices/{}/service-account", mac.id()))
            .await
            .expect(200);
        (mac, view["updates"].clone())
    };
    let (fine, updates) = told(1, valid()).await;
    assert_eq!(
        updates,
        json!({ "capability": "authorise_updates", "able": "yes", "because": "it is a volume owner" })
    );
    let (_, updates) = told(2, missing()).await;
    assert_eq!(
        (&updates["able"], &updates["because"]),
        (&json!("no"), &json!("there is no service account"))
    );
    let (_, updates) = told(3, healthy_mac()).await;
    assert_eq!(updates["able"], "no", "{updates}");
    let cookie = app.session().await;
    let page = app
        .send(Call::get(format!("/devices/{}", fine.id())).header("cookie", cookie))
        .await
        .text;
    assert!(page.contains("Can authorise updates") && page.contains("Yes: it is a volume owner"));
}

#[tokio::test]
async fn what_an_agent_did_by_itself_is_kept_once() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, valid())).await;
    let deed = Deed {
        id: DeedId::from_untyped_uuid(uuid::Uuid::from_u128(7)),
        kind: DeedKind::Grant,
        code: Code::Granted,
        account: Some("bob".to_owned()),
        evidence: Vec::new(),
        edge: Some(TrustEdge {
            granter_guid: "A".to_owned(),
            granter: "_bestow".to_owned(),
            target_guid: "B".to_owned(),
            target: "bob".to_owned(),
            method: GrantMethod::SysadminctlSecureTokenOn,
            at: Timestamp(5),
        }),
        at: Timestamp(6),
    };
    for _ in 0..2 {
        tell(&app, &mac, &check_in(&mac, None, vec![deed.clone()])).await;
    }
    let view = app
        .get(format!("/api/v1/devices/{}/service-account", mac.id()))
        .await
        .expect(200);
    let deeds = view["deeds"].as_array().unwrap();
    assert_eq!(deeds.len(), 1);
    assert_eq!(
        (&deeds[0]["kind"], &deeds[0]["account"]),
        (&json!("grant"), &json!("bob"))
    );
    let chain = app
        .get(format!("/api/v1/devices/{}/chain", mac.id()))
        .await
        .expect(200);
    assert_eq!(chain["edges"][0]["granter"], "_bestow");
    assert_eq!(chain["edges"][0]["action_id"], Value::Null);
    let timeline = app
        .get(format!("/api/v1/devices/{}/timeline", mac.id()))
        .await
        .expect(200);
    let verbs: Vec<&str> = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["verb"].as_str().unwrap())
        .collect();
    let told = verbs.iter().filter(|verb| **verb == "service_account.deed");
    assert_eq!(told.count(), 1);
    let items = timeline["items"].as_array().unwrap();
    let told = items.iter().find(|event| !event["deed"].is_null()).unwrap();
    assert_eq!(
        (&told["deed"], &told["code"]),
        (&json!("grant"), &deeds[0]["code"])
    );
}

#[tokio::test]
async fn removing_what_holds_the_chain_asks_for_the_mac_s_name() {
    let app = TestApp::start().await;
    let bestow = account("_bestow", 499, true, TokenLabel::Enabled);
    let alone = mac_with(vec![bestow, account("ada", 501, true, TokenLabel::Disabled)]);
    let mac = app.enrolled(FakeMac::new(1, alone)).await;
    let path = format!("/api/v1/devices/{}/plan", mac.id());
    let plan = async |body: Value| {
        app.send(Call::post(path.clone()).bearer(&app.token).json(&body))
            .await
    };
    let kind = "remove_service_account";
    let refused = plan(json!({ "kind": kind })).await.expect(200);
    assert_eq!(refused["refusal"], "last_holder");
    let wrong = plan(json!({ "kind": kind, "confirm_device_name": "another" })).await;
    wrong.expect_invalid(400, "confirm_device_name");
    let confirmed = plan(json!({ "kind": kind, "confirm_device_name": "Mac 1" }))
        .await
        .expect(200);
    assert_eq!(confirmed["refusal"], Value::Null);
}
