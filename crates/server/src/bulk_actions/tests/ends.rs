//! Stopping, continuing and calling back.

use serde_json::{Value, json};

use crate::testing::{TestApp, bulk_grant};

async fn ask(app: &TestApp, path: &str, verb: &str) -> crate::testing::Answer {
    app.post(format!("{path}/{verb}"), &json!({ "reason": "somebody said so" }))
        .await
}

#[tokio::test]
async fn a_run_is_stopped_and_continued_by_people() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(3).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    ask(&app, &path, "continue")
        .await
        .expect_problem(409, "bulk_not_stopped");
    app.advance_runs().await;
    let stopped = ask(&app, &path, "stop").await.expect(200);
    assert_eq!(
        (&stopped["state"], &stopped["code"]),
        (&json!("stopped"), &json!("bulk_stopped"))
    );
    ask(&app, &path, "stop").await.expect(200);
    app.advance_runs().await;
    for mac in &macs {
        assert!(mac.check_in(&app).await.offers.is_empty());
    }
    ask(&app, &path, "continue").await.expect(200);
    app.advance_runs().await;
    assert_eq!(macs[0].check_in(&app).await.offers.len(), 1);
    let audit = app.get("/api/v1/audit").await.expect(200);
    let continued = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["verb"] == "bulk_run.continued");
    assert_eq!(continued.unwrap()["reason"], "somebody said so");
}

#[tokio::test]
async fn a_run_is_called_back_with_everything_that_has_not_begun() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(4).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    app.advance_runs().await;
    let begun = macs[0].check_in(&app).await.offers.remove(0);
    macs[0].start(&app, &json!(begun.envelope.id)).await.expect(200);
    let cancelled = ask(&app, &path, "cancel").await.expect(200);
    assert_eq!(
        (&cancelled["state"], &cancelled["code"]),
        (&json!("cancelled"), &json!("cancelled"))
    );
    app.advance_runs().await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["progress"]["cancelled"], &run["finished_at"]),
        (&json!(3), &Value::Null)
    );
    let report = macs[0].granted(trust::time::Timestamp(app.now_ms()));
    macs[0]
        .report(&app, &json!(begun.envelope.id), report)
        .await
        .expect(200);
    app.advance_runs().await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["state"], &run["finished_at"]),
        (&json!("cancelled"), &json!(app.now_ms()))
    );
    assert_eq!(run["progress"]["succeeded"], 1);
    ask(&app, &path, "cancel").await.expect(200);
    ask(&app, &path, "stop").await.expect_problem(409, "bulk_over");
    ask(&app, &path, "continue")
        .await
        .expect_problem(409, "bulk_over");
}

#[tokio::test]
async fn one_action_of_a_run_can_be_called_back_alone() {
    let app = TestApp::start().await;
    app.healthy_macs(3).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    let members = app.get(format!("{path}/members")).await.expect(200);
    let action = members["items"][2]["action_id"].as_str().unwrap();
    let cancelled = app
        .post(format!("/api/v1/actions/{action}/cancel"), &Value::Null)
        .await
        .expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    assert_eq!(cancelled["bulk_run_id"], path.rsplit('/').next().unwrap());
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["progress"]["cancelled"], &run["progress"]["held"]),
        (&json!(1), &json!(2))
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let app = TestApp::start().await;
    app.healthy_macs(1).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    let long = json!({ "reason": "x".repeat(501) });
    app.post(format!("{path}/stop"), &long)
        .await
        .expect_invalid(400, "reason");
    app.post(format!("{path}/stop"), &json!({ "why": 1 }))
        .await
        .expect_invalid(400, "body");
    app.get("/api/v1/bulk-actions/nonsense")
        .await
        .expect_problem(404, "not_found");
}
