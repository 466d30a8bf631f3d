//! Preparation that is cut off, and devices that change under it.

use std::time::Duration;

use serde_json::json;
use store::actor::Actor;
use store::bulk_run::NewBulkRun;
use store::idempotency::Request;
use trust::bulk::Canary;

use crate::bulk_actions::job;
use crate::testing::{TestApp, bulk_grant};

#[tokio::test]
async fn a_server_that_shuts_down_interrupts_what_it_prepares() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(1).await;
    // The server shuts down: the preparation stops before its first device.
    app.app.closing.send_replace(true);
    let mut events = app.app.events.watch();
    let accepted = app.post("/api/v1/bulk-actions", &bulk_grant()).await.expect(202);
    let path = format!("/api/v1/bulk-actions/{}", accepted["id"].as_str().unwrap());
    events.recv().await.unwrap();
    app.advance_runs().await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["state"], &run["code"]),
        (&json!("interrupted"), &json!("bulk_interrupted"))
    );
    assert_eq!(run["finished_at"], app.now_ms());
    assert!(macs[0].check_in(&app).await.offers.is_empty());
    app.post(format!("{path}/cancel"), &json!({}))
        .await
        .expect_problem(409, "bulk_over");
}

/// As a kill leaves it: the run is there, and nobody prepares it.
#[tokio::test]
async fn what_nobody_prepares_any_more_is_interrupted_by_the_next_start() {
    let app = TestApp::start().await;
    let left = NewBulkRun {
        request: Request {
            organization_id: app.setup.organization_id(),
            actor: Actor::ApiToken("administrator".to_owned()),
            key: "some-key-1".to_owned(),
            fingerprint: String::new(),
            at: app.app.now(),
        },
        id: app.app.entropy.id(app.app.now()),
        kind: "grant_secure_token",
        asked: json!({
            "selector": { "search": {}, "named": null },
            "action": { "kind": "grant_secure_token", "administrator": "ada", "target": "bob" },
        })
        .to_string(),
        canary: Canary::default(),
        stop_at_failure_percent: 10,
        in_flight: 1,
        not_before: None,
        not_after: app.app.now().plus(Duration::from_secs(60)),
        reason: None,
        answer: String::new(),
    };
    store::bulk_run::accept(&app.app.store, &left).await.unwrap();
    let path = format!("/api/v1/bulk-actions/{}", left.id);
    let ask = async |verb: &str| app.post(format!("{path}/{verb}"), &json!({})).await;
    app.advance_runs().await;
    ask("stop").await.expect_problem(409, "bulk_preparing");
    ask("continue").await.expect_problem(409, "bulk_not_stopped");
    job::interrupt(&app.app, None).await.unwrap();
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["state"], &run["code"]),
        (&json!("interrupted"), &json!("bulk_interrupted"))
    );
    assert!(run["code_title"].as_str().unwrap().contains("being prepared"));
    ask("cancel").await.expect_problem(409, "bulk_over");
}

#[tokio::test]
async fn a_run_that_is_cancelled_while_it_is_prepared_sends_nothing() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(60).await;
    let accepted = app.post("/api/v1/bulk-actions", &bulk_grant()).await.expect(202);
    let path = format!("/api/v1/bulk-actions/{}", accepted["id"].as_str().unwrap());
    app.post(format!("{path}/cancel"), &json!({})).await.expect(200);
    app.advance_runs().await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(run["state"], "cancelled");
    assert_eq!(run["progress"]["held"], 0);
    for mac in &macs {
        assert!(mac.check_in(&app).await.offers.is_empty());
    }
}
