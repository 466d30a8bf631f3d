//! Runs from their order to their end.

use std::time::Duration;

use serde_json::{Value, json};
use trust::action::SecretRole;
use trust::code::Code;

use crate::clock::Clock as _;
use crate::testing::{Call, FakeMac, Reading, TestApp, bulk_grant};

/// Looks in, and carries out what is offered with this end. Answers how many actions that were.
async fn works(app: &TestApp, mac: &FakeMac, code: Code) -> usize {
    let offers = mac.check_in(app).await.offers;
    for offer in &offers {
        let id = json!(offer.envelope.id);
        mac.start(app, &id).await.expect(200);
        let outcome = match code {
            Code::Granted => mac.granted(app.clock.now()),
            other => FakeMac::ended(other, true, app.clock.now()),
        };
        mac.report(app, &id, outcome).await.expect(200);
    }
    app.advance_runs().await;
    offers.len()
}

#[tokio::test]
async fn a_few_go_first_and_the_others_follow() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(8).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    app.advance_runs().await;
    for mac in &macs[2..] {
        assert!(mac.check_in(&app).await.offers.is_empty());
    }
    let offer = macs[0].check_in(&app).await.offers.remove(0);
    assert_eq!(macs[0].open(&offer, SecretRole::Administrator), "ada's password");
    for mac in &macs[..2] {
        assert_eq!(works(&app, mac, Code::Granted).await, 1);
    }
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["progress"]["queued"], &run["progress"]["held"]),
        (&json!(3), &json!(3))
    );
    for mac in &macs[2..] {
        assert_eq!(works(&app, mac, Code::Granted).await, 1);
    }
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["state"], &run["progress"]["succeeded"]),
        (&json!("finished"), &json!(8))
    );
    assert_eq!(run["finished_at"], app.now_ms());
    assert_eq!(
        run["progress"]["codes"],
        json!([{
            "code": "granted", "title": Code::Granted.entry().title, "readiness": "ready", "count": 8,
        }])
    );
    let audit = app.get("/api/v1/audit?limit=500").await.expect(200);
    let verbs: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["verb"].clone())
        .collect();
    for (verb, times) in [
        ("bulk_run.accepted", 1),
        ("bulk_run.ready", 1),
        ("bulk_run.finished", 1),
        ("action.accepted", 8),
    ] {
        assert_eq!(
            verbs.iter().filter(|told| **told == verb).count(),
            times,
            "{verb}"
        );
    }
}

#[tokio::test]
async fn a_canary_that_fails_stops_the_run_until_somebody_continues_it() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(6).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    app.advance_runs().await;
    works(&app, &macs[0], Code::AdministratorWrongPassword).await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["state"], &run["code"]),
        (&json!("stopped"), &json!("bulk_too_many_failed"))
    );
    assert_eq!(run["progress"]["held"], 5, "nobody else was touched");
    for mac in &macs[1..] {
        assert_eq!(works(&app, mac, Code::Granted).await, 0);
    }
    app.advance(Duration::from_secs(3_600));
    app.advance_runs().await;
    assert!(macs[1].check_in(&app).await.offers.is_empty(), "a stop is final");

    let continued = app
        .post(format!("{path}/continue"), &json!({ "reason": "looked at it" }))
        .await
        .expect(200);
    assert_eq!(
        (&continued["state"], &continued["code"]),
        (&json!("running"), &Value::Null)
    );
    app.advance_runs().await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(run["progress"]["queued"], 2, "a canary again");
    for _ in 0..3 {
        for mac in &macs[1..] {
            works(&app, mac, Code::Granted).await;
        }
    }
    let run = app.get(&path).await.expect(200);
    let ends = ["succeeded", "failed", "held"].map(|end| run["progress"][end].clone());
    assert_eq!(
        (&run["state"], ends),
        (&json!("finished"), [5, 1, 0].map(Value::from))
    );
}

#[tokio::test]
async fn too_many_failures_later_on_stop_it_as_well() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(8).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    app.advance_runs().await;
    for mac in &macs[..2] {
        works(&app, mac, Code::Granted).await;
    }
    works(&app, &macs[2], Code::TargetWrongPassword).await;
    assert_eq!(
        app.get(&path).await.expect(200)["state"],
        "running",
        "one of three"
    );
    let begun = macs[4].check_in(&app).await.offers.remove(0);
    macs[4].start(&app, &json!(begun.envelope.id)).await.expect(200);
    let shown = macs[5].check_in(&app).await.offers.remove(0);
    works(&app, &macs[3], Code::TargetWrongPassword).await;
    let run = app.get(&path).await.expect(200);
    assert_eq!(run["state"], "stopped", "two of four");
    let ends = ["running", "cancelled", "held"].map(|end| run["progress"][end].clone());
    assert_eq!(ends, [1, 1, 2].map(Value::from));
    let late = macs[5].start(&app, &json!(shown.envelope.id)).await;
    late.expect_problem(409, "bulk_stopped");
}

#[tokio::test]
async fn macs_that_are_away_hold_nobody_up() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(7).await;
    app.advance(Duration::from_secs(3_600));
    for mac in &macs[3..] {
        mac.check_in(&app).await;
    }
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    app.advance_runs().await;
    for mac in &macs[3..5] {
        assert_eq!(
            works(&app, mac, Code::Granted).await,
            1,
            "those that are there go first"
        );
    }
    for mac in &macs[5..] {
        assert_eq!(works(&app, mac, Code::Granted).await, 1);
    }
    let run = app.get(&path).await.expect(200);
    assert_eq!(
        (&run["state"], &run["progress"]["queued"]),
        (&json!("running"), &json!(3))
    );
    for mac in &macs[..3] {
        assert_eq!(works(&app, mac, Code::Granted).await, 1, "when they come back");
    }
    assert_eq!(app.get(&path).await.expect(200)["state"], "finished");
}

#[tokio::test]
async fn a_run_waits_for_its_time() {
    let app = TestApp::start().await;
    let mac = app.healthy_macs(1).await.remove(0);
    let mut body = bulk_grant();
    body["not_before"] = (app.now_ms() + 3_600_000).into();
    let (path, run) = app.bulk_run(&body).await;
    assert_eq!(run["not_before"], app.now_ms() + 3_600_000);
    assert_eq!(works(&app, &mac, Code::Granted).await, 0);
    app.advance(Duration::from_secs(3_600));
    app.advance_runs().await;
    assert_eq!(works(&app, &mac, Code::Granted).await, 1);
    assert_eq!(app.get(&path).await.expect(200)["state"], "finished");
}

#[tokio::test]
async fn those_who_watch_are_told_how_far_a_run_has_come() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(1).await;
    let mut events = Reading::of(app.open(Call::get("/api/v1/events").bearer(&app.token)).await);
    let (_, run) = app.bulk_run(&bulk_grant()).await;
    let mut told = async || loop {
        let event = events.next().await.unwrap();
        if event.name == "bulk" {
            return event.json();
        }
    };
    assert_eq!(told().await, json!({ "id": run["id"] }));
    app.advance_runs().await;
    works(&app, &macs[0], Code::Granted).await;
    assert_eq!(told().await, json!({ "id": run["id"] }));
}

/// The job itself, on its own time: nobody calls it.
#[tokio::test]
async fn a_run_moves_on_by_itself() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(4).await;
    let job = tokio::spawn(crate::bulk_actions::job::run(std::sync::Arc::clone(&app.app)));
    let bell = &app.app.bell;
    let mut rings: Vec<_> = macs
        .iter()
        .map(|mac| bell.listen(mac.id(), bell.count()))
        .collect();
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    for (mac, rings) in macs.iter().zip(&mut rings) {
        let offer = loop {
            rings.rung().await;
            if let Some(offer) = mac.check_in(&app).await.offers.pop() {
                break offer;
            }
        };
        let id = json!(offer.envelope.id);
        mac.start(&app, &id).await.expect(200);
        mac.report(&app, &id, mac.granted(app.clock.now()))
            .await
            .expect(200);
    }
    let mut events = app.app.events.watch();
    while app.get(&path).await.expect(200)["state"] != "finished" {
        events.recv().await.unwrap();
    }
    app.app.closing.send_replace(true);
    job.await.unwrap();
}
