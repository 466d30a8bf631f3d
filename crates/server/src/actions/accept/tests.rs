mod repeated;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use trust::action::{Action, GrantSecureToken, SecretRole};
use trust::fact::Fact;
use trust::observation::{BootVolume, Observation, TokenLabel, VolumeFormat};
use trust::time::Timestamp;
use wire::envelope::{Envelope, VERSION};
use wire::seal::seal;

use crate::clock::Clock as _;
use crate::testing::{
    Answer, Call, FakeMac, SeededRng, TestApp, account, grant_from_ada_to_bob, healthy_mac, mac_with,
    mac_without_holders, old_mac, only_standard_holder,
};

async fn order(app: &TestApp, mac: &FakeMac, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/actions", mac.id()), body)
        .await
}

async fn enrolled(observation: Observation) -> (TestApp, FakeMac) {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, observation)).await;
    (app, mac)
}

/// The body with one field in another shape; `Null` leaves it out.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = grant_from_ada_to_bob();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(field);
    } else {
        parent.insert(field.to_owned(), value);
    }
    body
}

#[tokio::test]
async fn it_is_accepted_with_its_address_and_its_plan() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let answer = order(&app, &mac, &grant_from_ada_to_bob()).await;
    let action = answer.expect(202);
    let location = answer.headers["location"].to_str().unwrap();
    assert_eq!(
        location,
        format!("/api/v1/actions/{}", action["id"].as_str().unwrap())
    );
    assert_eq!(action["state"], "queued");
    assert_eq!(action["created_by"], "api_token:administrator");
    assert_eq!(action["not_after"], app.now_ms() + 7 * 24 * 3_600_000);
    assert_eq!(
        action["action"],
        json!({
            "kind": "grant_secure_token",
            "administrator": "ada",
            "target": "bob",
            "promote_administrator": false,
        })
    );
    assert!(!action["plan"]["rows"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_plan_that_fails_is_refused_with_its_code_and_its_rows() {
    let mut hfs = healthy_mac();
    let volume = BootVolume {
        device: "disk0s2".to_owned(),
        format: VolumeFormat::Hfs,
    };
    hfs.boot_volume = Fact::known(volume, Timestamp(1), "test");
    for (observation, code) in [
        (old_mac(), "os_too_old"),
        (hfs, "volume_not_apfs"),
        (mac_without_holders(), "chain_broken"),
        (only_standard_holder(), "no_granter"),
    ] {
        let (app, mac) = enrolled(observation).await;
        let problem = order(&app, &mac, &grant_from_ada_to_bob())
            .await
            .expect_problem(422, code);
        let rows = problem["plan"]["rows"].as_array().unwrap();
        assert!(rows.iter().any(|row| row["code"] == code), "{rows:?}");
        assert!(!problem["next_step"].as_str().unwrap().is_empty());
        assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
        assert!(
            mac.check_in(&app).await.offers.is_empty(),
            "{code}: something was sent"
        );
    }
}

#[tokio::test]
async fn an_old_mac_is_told_which_macos_and_which_format_it_needs() {
    let (app, mac) = enrolled(old_mac()).await;
    let problem = order(&app, &mac, &grant_from_ada_to_bob())
        .await
        .expect_problem(422, "os_too_old");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("10.13") && detail.contains("APFS"), "{detail}");
}

#[tokio::test]
async fn the_administrators_troubles_stand_under_authentication_error() {
    let mut observation = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Disabled),
        account("carol", 503, true, TokenLabel::Disabled),
        account("dave", 504, false, TokenLabel::Enabled),
        account("eve", 505, true, TokenLabel::Enabled),
    ]);
    let eve = observation.account("eve").unwrap().guid.clone();
    if let Fact::Known { value, .. } = &mut observation.crypto_users {
        value.retain(|user| user.uuid != eve);
    }
    let (app, mac) = enrolled(observation).await;
    for (name, code) in [
        ("nobody", "administrator_unknown"),
        ("carol", "administrator_has_no_token"),
        ("dave", "administrator_not_admin"),
        ("eve", "administrator_token_unusable"),
    ] {
        let body = with("/administrator/username", json!(name));
        let problem = order(&app, &mac, &body).await.expect_problem(422, code);
        assert_eq!(problem["heading"], "Authentication Error");
    }
    let body = with("/target/username", json!("nobody"));
    order(&app, &mac, &body)
        .await
        .expect_problem(422, "target_unknown");
}

#[tokio::test]
async fn a_target_that_holds_a_token_already_is_accepted() {
    let everybody_holds = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Enabled),
    ]);
    let (app, mac) = enrolled(everybody_holds).await;
    let action = order(&app, &mac, &grant_from_ada_to_bob()).await.expect(202);
    assert_eq!(action["plan"]["outcomes"], json!(["already_granted"]));
}

#[tokio::test]
async fn a_plan_that_has_changed_is_not_carried_out() {
    let (app, mut mac) = enrolled(healthy_mac()).await;
    let path = format!("/api/v1/devices/{}/plan", mac.id());
    let planned = app.post(&path, &grant_from_ada_to_bob()).await.expect(200);
    let body = with("/plan_id", planned["plan_id"].clone());
    order(&app, &mac, &body).await.expect(202);

    mac.observation = mac_without_holders();
    mac.check_in(&app).await;
    let problem = order(&app, &mac, &body).await.expect_problem(409, "plan_changed");
    assert_ne!(problem["plan_id"], planned["plan_id"]);
    let now = with("/plan_id", problem["plan_id"].clone());
    order(&app, &mac, &now).await.expect_problem(422, "chain_broken");
}

#[tokio::test]
async fn the_same_request_is_carried_out_once_and_answered_the_same() {
    let (app, mut mac) = enrolled(healthy_mac()).await;
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let call = Call::post(&path).bearer(&app.token).key("the-same-key");
    let first = app.send(call.clone().json(&grant_from_ada_to_bob())).await;
    let action = first.expect(202);
    mac.start(&app, &action["id"]).await.expect(200);
    mac.report(&app, &action["id"], mac.granted(app.clock.now()))
        .await
        .expect(200);
    // The plan would fail by now, and another password is no other request.
    mac.observation = mac_without_holders();
    mac.check_in(&app).await;
    let body = with("/administrator/password", json!("another"));
    let again = app.send(call.clone().json(&body)).await;
    assert_eq!(again.expect(202), action);
    assert_eq!(again.headers["location"], first.headers["location"]);

    for body in [
        with("/target/username", json!("carol")),
        with("/reason", json!("why not")),
    ] {
        let other = app.send(call.clone().json(&body)).await;
        other.expect_problem(409, "idempotency_key_reused");
    }
    let without_key = Call::post(&path)
        .bearer(&app.token)
        .json(&grant_from_ada_to_bob());
    app.send(without_key)
        .await
        .expect_problem(400, "idempotency_key_missing");
    let listed = app.get("/api/v1/actions").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_breaks_a_rule_is_named_and_not_quoted() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let long = "x".repeat(1_023);
    for (pointer, value, field) in [
        ("/kind", json!("sudo rm"), "kind"),
        ("/kind", Value::Null, "kind"),
        ("/administrator", Value::Null, "administrator"),
        ("/administrator", json!("ada"), "administrator"),
        ("/administrator/username", Value::Null, "administrator.username"),
        ("/administrator/username", json!("-ada"), "administrator.username"),
        ("/administrator/username", json!(""), "administrator.username"),
        ("/administrator/password", Value::Null, "administrator.password"),
        ("/administrator/password", json!(""), "administrator.password"),
        ("/administrator/password", json!(["x"]), "administrator.password"),
        ("/target/password", json!("two\nlines"), "target.password"),
        ("/target/password", json!(long), "target.password"),
        ("/target/password", Value::Null, "target.password"),
        ("/target/pasword", json!("x"), "target"),
        (
            "/administrator/sealed",
            json!({}),
            "administrator.sealed.encapsulated_key",
        ),
        ("/hunter2", json!(1), "body"),
        ("/plan_id", json!(1), "plan_id"),
        ("/id", json!("1"), "id"),
        ("/not_after", json!("tomorrow"), "not_after"),
        ("/not_after", json!(1), "not_after"),
        ("/not_after", json!(i64::MAX), "not_after"),
        ("/valid_for_s", json!(0), "valid_for_s"),
        ("/valid_for_s", json!(-1), "valid_for_s"),
        ("/valid_for_s", json!(2_592_001), "valid_for_s"),
        ("/reason", json!("x".repeat(501)), "reason"),
    ] {
        let answer = order(&app, &mac, &with(pointer, value.clone())).await;
        let problem = answer.expect_invalid(400, field);
        assert!(problem["rule"].is_string());
        if let Some(text) = value.as_str().filter(|text| text.len() > 1) {
            let told = [&problem["detail"], &problem["rule"], &problem["field"]];
            assert!(
                told.iter().all(|part| !part.as_str().unwrap().contains(text)),
                "{problem}"
            );
        }
    }
    assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn what_is_no_json_of_a_fair_size_is_refused() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let call = Call::post(format!("/api/v1/devices/{}/actions", mac.id()))
        .bearer(&app.token)
        .key("some-key-1");
    for body in ["", "{", "[]", "null", "\"password\"", "{\"kind\":}"] {
        app.send(call.clone().raw_json(body))
            .await
            .expect_invalid(400, "body");
    }
    let long = format!("{{\"kind\":\"{}\"}}", "x".repeat(70_000));
    app.send(call.clone().raw_json(long))
        .await
        .expect_invalid(413, "body");
    app.send(call).await.expect_invalid(415, "content-type");
}

#[tokio::test]
async fn a_time_limit_is_kept() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let short = order(&app, &mac, &with("/valid_for_s", json!(60)))
        .await
        .expect(202);
    assert_eq!(short["not_after"], app.now_ms() + 60_000);
    let both = {
        let mut body = with("/valid_for_s", json!(60));
        body["not_after"] = json!(app.now_ms() + 60_000);
        body
    };
    order(&app, &mac, &both).await.expect_invalid(400, "valid_for_s");
    app.advance(Duration::from_secs(60));
    assert!(mac.check_in(&app).await.offers.is_empty());
    mac.start(&app, &short["id"]).await.expect_problem(409, "expired");
}

/// A grant from `ada` to `bob` whose passwords the caller has sealed for this id.
fn sealed_grant(app: &TestApp, mac: &FakeMac, id: &str) -> Value {
    let envelope = Envelope {
        version: VERSION,
        collected: BTreeMap::new(),
        id: id.parse().unwrap(),
        organization_id: app.setup.organization_id(),
        device_id: mac.id(),
        not_after: Timestamp(app.now_ms() + 60_000),
        action: Action::GrantSecureToken(GrantSecureToken {
            administrator: "ada".parse().unwrap(),
            target: "bob".parse().unwrap(),
            promote_administrator: false,
        }),
    };
    let sealed = |role| {
        let bound_to = envelope.associated_data(role);
        let key = &mac.identity.sealing_key;
        seal(key, &"by the caller".into(), &bound_to, &mut SeededRng::new(7)).unwrap()
    };
    json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "ada", "sealed": sealed(SecretRole::Administrator) },
        "target": { "username": "bob", "sealed": sealed(SecretRole::Target) },
        "id": id,
        "not_after": envelope.not_after,
    })
}

#[tokio::test]
async fn a_caller_can_seal_by_itself() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let id = "12345678-0000-4000-8000-000000000000";
    let body = sealed_grant(&app, &mac, id);
    let action = order(&app, &mac, &body).await.expect(202);
    assert_eq!(action["id"], id);
    let offers = mac.check_in(&app).await.offers;
    assert_eq!(mac.open(&offers[0], SecretRole::Administrator), "by the caller");
    assert_eq!(mac.open(&offers[0], SecretRole::Target), "by the caller");
    order(&app, &mac, &body).await.expect_invalid(400, "id");
}

#[tokio::test]
async fn a_seal_has_its_shape_and_what_it_is_bound_to() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let good = sealed_grant(&app, &mac, "12345678-0000-4000-8000-000000000000");
    let changed = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    for (body, field) in [
        (changed("/id", Value::Null), "id"),
        (changed("/not_after", Value::Null), "not_after"),
        (changed("/target/sealed", json!("x")), "target.sealed"),
        (
            changed("/target/sealed/ciphertext", json!("AAAA")),
            "target.sealed.ciphertext",
        ),
        (
            changed("/target/sealed/ciphertext", json!("+/")),
            "target.sealed.ciphertext",
        ),
        (
            changed("/target/sealed/encapsulated_key", json!("AAAA")),
            "target.sealed.encapsulated_key",
        ),
        (changed("/target/sealed", Value::Null), "target.password"),
    ] {
        order(&app, &mac, &body).await.expect_invalid(400, field);
    }
    let mut both = good.clone();
    both["target"]["password"] = json!("x");
    order(&app, &mac, &both)
        .await
        .expect_invalid(400, "target.sealed");
    order(&app, &mac, &good).await.expect(202);
}
