//! What can be ordered, and what cannot.

use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::{Call, FakeMac, TestApp, bulk_grant, healthy_mac, mac_without_holders};

const PATH: &str = "/api/v1/bulk-actions";

fn with(field: &str, value: Value) -> Value {
    let mut body = bulk_grant();
    body[field] = value;
    body
}

#[tokio::test]
async fn a_malformed_order_is_refused_by_field() {
    let app = TestApp::start().await;
    app.healthy_macs(1).await;
    for (body, field) in [
        (with("selector", json!({})), "selector"),
        (with("selector", json!({ "all": true, "q": "x" })), "selector"),
        (with("selector", json!({ "state": "fine" })), "selector.state"),
        (
            with("selector", json!({ "finding": "nonsense" })),
            "selector.finding",
        ),
        (
            with("selector", json!({ "device_ids": [] })),
            "selector.device_ids",
        ),
        (
            with("selector", json!({ "device_ids": ["x"] })),
            "selector.device_ids[0]",
        ),
        (
            with("selector", json!({ "serial_numbers": ["SERIAL1", "SERIAL9"] })),
            "selector.serial_numbers[1]",
        ),
        (with("canary", json!({})), "canary"),
        (with("canary", json!({ "count": 1, "percent": 1 })), "canary"),
        (with("canary", json!({ "count": 0 })), "canary.count"),
        (
            with("stop_at_failure_percent", json!(101)),
            "stop_at_failure_percent",
        ),
        (with("in_flight", json!(0)), "in_flight"),
        (with("not_after", json!(1)), "not_after"),
        (with("surprise", json!(1)), "body"),
    ] {
        app.post(PATH, &body).await.expect_invalid(400, field);
    }
    let mut sealed = bulk_grant();
    let seal = json!({ "encapsulated_key": "A".repeat(43), "ciphertext": "A".repeat(363) });
    sealed["action"]["target"] = json!({ "username": "bob", "sealed": seal });
    app.post(PATH, &sealed)
        .await
        .expect_invalid(400, "action.target.sealed");
    assert_eq!(app.get(PATH).await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn a_selection_of_nobody_is_refused() {
    let app = TestApp::start().await;
    app.post(PATH, &bulk_grant())
        .await
        .expect_problem(422, "bulk_selects_nobody");
    app.healthy_macs(1).await;
    let nobody = with("selector", json!({ "q": "no such Mac" }));
    app.post(PATH, &nobody)
        .await
        .expect_problem(422, "bulk_selects_nobody");
}

#[tokio::test]
async fn the_same_order_under_the_same_key_is_one_run() {
    let app = TestApp::start().await;
    app.healthy_macs(1).await;
    let call = |body: &Value| Call::post(PATH).bearer(&app.token).key("some-key-1").json(body);
    let first = app.send(call(&bulk_grant())).await.expect(202);
    assert_eq!(app.send(call(&bulk_grant())).await.expect(202), first);
    let mut other_password = bulk_grant();
    other_password["action"]["target"]["password"] = "another".into();
    assert_eq!(
        app.send(call(&other_password)).await.expect(202),
        first,
        "secrets do not count"
    );
    let mut by_wildcard = bulk_grant();
    by_wildcard["action"]["target"] = json!({ "username": "bob", "password_from": "%password%" });
    app.send(call(&by_wildcard))
        .await
        .expect_problem(409, "idempotency_key_reused");
    app.send(call(&with("in_flight", json!(9))))
        .await
        .expect_problem(409, "idempotency_key_reused");
    let listed = app.get(PATH).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    app.send(Call::post(PATH).bearer(&app.token).json(&bulk_grant()))
        .await
        .expect_problem(400, "idempotency_key_missing");
}

#[tokio::test]
async fn devices_are_selected_by_search_by_id_and_by_serial_number() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(3).await;
    app.enrolled(FakeMac::new(4, mac_without_holders())).await;
    for (selector, devices) in [
        (json!({ "all": true }), 4),
        (json!({ "q": "mac 2" }), 1),
        (json!({ "state": "can_grant" }), 3),
        (json!({ "finding": "chain_broken" }), 1),
        (json!({ "q": "serial", "state": "can_grant" }), 3),
        (
            json!({ "device_ids": [macs[0].id(), macs[2].id(), macs[0].id()] }),
            2,
        ),
        (json!({ "serial_numbers": ["SERIAL1", " serial3 "] }), 2),
    ] {
        app.advance(Duration::from_secs(1));
        let (_, run) = app.bulk_run(&with("selector", selector.clone())).await;
        assert_eq!(run["progress"]["devices"], devices, "{selector}");
    }
    let listed = app.get(format!("{PATH}?limit=3")).await.expect(200);
    let first = listed["items"][0]["selector"]["named"].clone();
    assert_eq!(first, 2);
    let cursor = listed["next_cursor"].as_str().unwrap();
    let rest = app
        .get(format!("{PATH}?limit=5&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(rest["items"].as_array().unwrap().len(), 4);
    assert_eq!(rest["items"][3]["selector"]["search"], json!({}));
}

#[tokio::test]
async fn nobody_sees_or_touches_anothers_runs() {
    let app = TestApp::start().await;
    app.healthy_macs(1).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    let foreign = app.foreign_token().await;
    for part in ["", "/members", "/results.csv"] {
        let call = Call::get(format!("{path}{part}")).bearer(&foreign);
        app.send(call).await.expect_problem(404, "not_found");
    }
    for verb in ["stop", "continue", "cancel"] {
        let call = Call::post(format!("{path}/{verb}"))
            .bearer(&foreign)
            .key("some-key-1");
        app.send(call).await.expect_problem(404, "not_found");
    }
    let listed = app.send(Call::get(PATH).bearer(&foreign)).await.expect(200);
    assert_eq!(listed["items"], json!([]));
    app.send(Call::get(PATH))
        .await
        .expect_problem(401, "not_signed_in");
    let call = Call::post(PATH).bearer(&foreign).key("some-key-2");
    app.send(call.json(&bulk_grant()))
        .await
        .expect_problem(422, "bulk_selects_nobody");
}

#[tokio::test]
async fn accounts_are_made_on_many_macs_too() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let create = json!({
        "kind": "create_account",
        "administrator": { "username": "ada", "password": "ada's password" },
        "target": { "username": "dora", "full_name": "Dora Maar", "password": "dora's password" },
    });
    let (_, run) = app.bulk_run(&with("action", create)).await;
    assert_eq!(
        (&run["kind"], &run["progress"]["ready"]),
        (&json!("create_account"), &json!(1))
    );
    app.advance_runs().await;
    let offers = mac.check_in(&app).await.offers;
    assert_eq!(
        mac.open(&offers[0], trust::action::SecretRole::Target),
        "dora's password"
    );
}
