//! The list of devices that need attention, from what Macs tell to what is muted of them.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use trust::fact::Fact;
use trust::observation::{LoginPlugin, Observation, TokenLabel};
use trust::time::Timestamp;

use crate::clock::Clock as _;
use crate::testing::{
    Answer, Call, FakeMac, TestApp, account, healthy_mac, mac_with, mac_without_holders,
    service_account_seen, with_service_account,
};

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// An app whose Macs enrolled so long ago that none is new.
async fn long_after(macs: Vec<(u64, Observation)>) -> (TestApp, Vec<FakeMac>) {
    let app = TestApp::start().await;
    let mut enrolled = Vec::new();
    for (number, observation) in macs {
        enrolled.push(app.enrolled(FakeMac::new(number, observation)).await);
    }
    app.clock.advance(Duration::from_secs(11 * DAY));
    (app, enrolled)
}

/// Ada and eve hold, and there is no service account, on a Mac whose agent is told of logins.
fn without_service_account() -> Observation {
    let people = ["ada", "eve"].map(|name| (name, if name == "ada" { 501 } else { 502 }));
    let people = people.map(|(name, uid)| account(name, uid, true, TokenLabel::Enabled));
    let mut seen = with_service_account(mac_with(people.to_vec()), service_account_seen());
    seen.login_plugin = Fact::known(LoginPlugin::Registered, Timestamp(1), "test");
    seen
}

async fn names(app: &TestApp, more: &str) -> Vec<String> {
    let found = app
        .get(format!("/api/v1/devices?needs_attention=true{more}"))
        .await
        .expect(200);
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn change(app: &TestApp, method: Method, path: &str, body: Option<Value>) -> Answer {
    let call = Call::new(method, path).bearer(&app.token).key(&app.fresh_key());
    app.send(match body {
        Some(body) => call.json(&body),
        None => call,
    })
    .await
}

async fn attention(app: &TestApp, mac: &FakeMac) -> Value {
    let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
    device["attention"].clone()
}

#[tokio::test]
async fn a_mac_is_left_in_peace_for_ten_days_and_no_longer() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    app.clock.advance(Duration::from_secs(10 * DAY - MINUTE));
    assert!(names(&app, "").await.is_empty(), "9 days, 23 hours, 59 minutes");
    assert_eq!(attention(&app, &mac).await["standing"], "too_new");
    let counts = app.get("/api/v1/needs-attention").await.expect(200);
    assert_eq!((&counts["devices"], &counts["too_new"]), (&json!(0), &json!(1)));

    app.clock.advance(Duration::from_secs(MINUTE + 1));
    assert_eq!(names(&app, "").await, ["Mac 1"], "10 days and a second");
    assert_eq!(attention(&app, &mac).await["standing"], "needed");
}

#[tokio::test]
async fn the_days_are_the_organisations_choice() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    let policy = "/api/v1/policies/needs-attention";
    let told = app.get(policy).await.expect(200);
    assert_eq!(
        told,
        json!({ "needs_attention_after_days": 10, "changed_at": null })
    );
    for bad in [json!(366), json!(-1), json!("ten"), Value::Null] {
        let body = json!({ "needs_attention_after_days": bad });
        let answer = change(&app, Method::PUT, policy, Some(body)).await;
        answer.expect_invalid(400, "needs_attention_after_days");
    }
    let body = json!({ "needs_attention_after_days": 0, "reason": "a small office" });
    change(&app, Method::PUT, policy, Some(body)).await.expect(200);
    assert!(names(&app, "").await.is_empty(), "it enrolled in this moment");
    app.clock.advance(Duration::from_millis(1));
    assert_eq!(names(&app, "").await, ["Mac 1"]);
}

#[tokio::test]
async fn the_list_says_why_since_when_whose_turn_and_what_is_cheapest() {
    let (app, mut macs) = long_after(vec![(1, mac_without_holders()), (2, without_service_account())]).await;
    let since = app.clock.now();
    macs[1].observation = without_service_account();
    macs[1].observation.booted_at = Fact::known(Timestamp(5), Timestamp(1), "test");
    macs[1].check_in(&app).await;
    let attention = attention(&app, &macs[1]).await;
    assert_eq!(attention["first"], "service_account_missing");
    assert_eq!(attention["turn"], "named_person");
    assert_eq!(attention["remedy"], "next_login");
    assert_eq!(attention["admin_list"], json!(["ada", "eve"]));
    let reason = &attention["reasons"][0];
    assert_eq!(reason["persons"], json!(["ada", "eve"]));
    assert_eq!(reason["action"]["kind"], "create_service_account");
    assert!(reason["code_title"].is_string());
    let told_first = since.as_millis() - i64::try_from(11 * DAY * 1_000).unwrap();
    assert_eq!(reason["since"], told_first, "not since the last observation");
    assert_eq!(attention["since"], told_first);
}

#[tokio::test]
async fn the_list_is_narrowed_down_and_counted() {
    let plain = with_service_account(mac_without_holders(), service_account_seen());
    let (app, _) = long_after(vec![
        (1, plain),
        (2, without_service_account()),
        (3, mac_with(vec![account("ada", 501, true, TokenLabel::Enabled)])),
        (4, healthy_mac()),
    ])
    .await;
    assert_eq!(names(&app, "").await, ["Mac 1", "Mac 2", "Mac 4"]);
    for (more, expected) in [
        ("&reason=chain_broken", &["Mac 1"][..]),
        ("&reason=service_account_missing", &["Mac 1", "Mac 2"]),
        ("&turn=named_person", &["Mac 2"]),
        ("&turn=agent", &[]),
        ("&remedy=console", &["Mac 4"]),
        ("&remedy=recovery", &["Mac 1"]),
        ("&q=mac%202", &["Mac 2"]),
        ("&finding=chain_broken", &["Mac 1"]),
        ("&state=can_grant", &["Mac 2", "Mac 4"]),
        ("&service_account=easily_recovered", &["Mac 2"]),
        ("&owner=grace", &[]),
        ("&muted=true", &[]),
        ("&reason=&turn=&remedy=&owner=", &["Mac 1", "Mac 2", "Mac 4"]),
    ] {
        assert_eq!(names(&app, more).await, expected, "{more}");
    }
    let counts = app.get("/api/v1/needs-attention").await.expect(200);
    assert_eq!(counts["devices"], 3);
    let reasons = counts["reasons"].as_array().unwrap().iter();
    let reasons: Vec<(&str, &str, u64)> = reasons
        .map(|count| {
            let word = |field: &str| count[field].as_str().unwrap();
            (
                word("reason"),
                word("severity"),
                count["devices"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        reasons,
        [
            ("chain_broken", "critical", 1),
            ("missing_from_start_up_screen", "problem", 2),
            ("updates_unauthorised", "problem", 1),
            ("service_account_missing", "problem", 2),
        ]
    );
    let turns = counts["turns"].as_array().unwrap().iter();
    let turns: Vec<&Value> = turns.map(|turn| &turn["turn"]).collect();
    assert_eq!(turns.len(), 3, "{turns:?}");
    assert_eq!(counts["after_days"], 10);
}

#[tokio::test]
async fn what_the_agent_mends_needs_nobody() {
    let mut seen = service_account_seen();
    seen.stored.previous = true;
    let proof = seen.disk_password.as_mut().unwrap();
    proof.answer = trust::observation::PasswordAnswer::Wrong;
    let own = trust::observation::Account {
        password_set_at: Some(Timestamp(7)),
        ..account("_bestow", 499, true, TokenLabel::Enabled)
    };
    let ada = account("ada", 501, true, TokenLabel::Enabled);
    let (app, macs) = long_after(vec![(1, with_service_account(mac_with(vec![own, ada]), seen))]).await;
    assert!(names(&app, "").await.is_empty());
    assert_eq!(names(&app, "&turn=agent").await, ["Mac 1"]);
    assert_eq!(attention(&app, &macs[0]).await["standing"], "agent");
    let counts = app.get("/api/v1/needs-attention").await.expect(200);
    assert_eq!((&counts["devices"], &counts["agent"]), (&json!(0), &json!(1)));
}

#[tokio::test]
async fn a_mute_hides_a_mac_until_it_ends_by_itself() {
    let (app, macs) = long_after(vec![(1, mac_without_holders())]).await;
    let path = format!("/api/v1/devices/{}/mute", macs[0].id());
    let until = app.clock.now().plus(Duration::from_secs(MINUTE));
    let body = json!({ "until": until, "reason": "lent out" });
    let muted = change(&app, Method::PUT, &path, Some(body)).await.expect(200);
    assert_eq!(muted["standing"], "muted");
    assert_eq!(muted["mutes"][0]["reason"], "lent out");
    assert_eq!(muted["mutes"][0]["by"], "api_token:administrator");
    assert!(names(&app, "").await.is_empty());
    assert_eq!(names(&app, "&muted=true").await, ["Mac 1"]);
    let counts = app.get("/api/v1/needs-attention").await.expect(200);
    assert_eq!((&counts["devices"], &counts["muted"]), (&json!(0), &json!(1)));

    app.clock.advance(Duration::from_secs(MINUTE));
    assert_eq!(names(&app, "").await, ["Mac 1"]);
    assert!(names(&app, "&muted=true").await.is_empty());
    assert_eq!(attention(&app, &macs[0]).await["mutes"], json!([]));

    let audit = app.get("/api/v1/audit").await.expect(200);
    let entry = &audit["items"][0];
    assert_eq!(
        (&entry["verb"], &entry["reason"]),
        (&json!("attention.muted"), &json!("lent out"))
    );
    assert!(
        entry["detail"].as_str().unwrap().starts_with("until 2026-"),
        "{entry}"
    );
}

#[tokio::test]
async fn one_reason_is_muted_by_itself_and_taken_back() {
    let broken = with_service_account(mac_without_holders(), service_account_seen());
    let (app, macs) = long_after(vec![(1, broken)]).await;
    let path = format!("/api/v1/devices/{}/mute", macs[0].id());
    let until = app.clock.now().plus(Duration::from_secs(DAY));
    let body = json!({ "until": until, "reason": "known", "code": "chain_broken" });
    let muted = change(&app, Method::PUT, &path, Some(body)).await.expect(200);
    assert_eq!(muted["standing"], "needed");
    assert_ne!(
        muted["first"], "chain_broken",
        "what is muted is not seen to first"
    );
    assert_eq!(muted["reasons"][0]["muted_until"], json!(until));
    assert!(names(&app, "&reason=chain_broken").await.is_empty());
    let back = format!("{path}?code=chain_broken");
    let back = change(&app, Method::DELETE, &back, None).await.expect(200);
    assert_eq!(back["first"], "chain_broken");
    assert_eq!(names(&app, "&reason=chain_broken").await, ["Mac 1"]);
}

#[tokio::test]
async fn a_mac_is_given_an_owner_and_found_by_it() {
    let (app, macs) = long_after(vec![(1, mac_without_holders()), (2, mac_without_holders())]).await;
    let path = format!("/api/v1/devices/{}/owner", macs[1].id());
    let body = json!({ "owner": " Grace ", "reason": "her desk" });
    let told = change(&app, Method::PUT, &path, Some(body)).await.expect(200);
    assert_eq!(told["owner"], "Grace");
    assert_eq!(names(&app, "&owner=Grace").await, ["Mac 2"]);
    let nobody = change(&app, Method::PUT, &path, Some(json!({})))
        .await
        .expect(200);
    assert_eq!(nobody["owner"], Value::Null);
    assert!(names(&app, "&owner=Grace").await.is_empty());
}

#[tokio::test]
async fn what_is_no_mute_no_owner_and_no_filter_is_refused_by_its_field() {
    let (app, macs) = long_after(vec![(1, mac_without_holders())]).await;
    let device = format!("/api/v1/devices/{}", macs[0].id());
    let now = app.clock.now();
    let far = now.plus(Duration::from_secs(366 * DAY));
    for (body, field) in [
        (json!({ "reason": "why" }), "until"),
        (json!({ "until": now, "reason": "why" }), "until"),
        (json!({ "until": far, "reason": "why" }), "until"),
        (json!({ "until": far }), "reason"),
        (json!({ "until": far, "reason": " " }), "reason"),
        (
            json!({ "until": far, "reason": "why", "code": "granted" }),
            "code",
        ),
    ] {
        let answer = change(&app, Method::PUT, &format!("{device}/mute"), Some(body)).await;
        answer.expect_invalid(400, field);
    }
    let owner = json!({ "owner": "x".repeat(101) });
    let answer = change(&app, Method::PUT, &format!("{device}/owner"), Some(owner)).await;
    answer.expect_invalid(400, "owner");
    for (query, field) in [
        ("needs_attention=true&reason=nonsense", "reason"),
        ("needs_attention=true&turn=nobody", "turn"),
        ("needs_attention=true&remedy=magic", "remedy"),
        ("turn=visit", "needs_attention"),
        ("muted=true", "needs_attention"),
    ] {
        let answer = app.get(format!("/api/v1/devices?{query}")).await;
        answer.expect_invalid(400, field);
    }
    let strange = "/api/v1/devices/00000000-0000-4000-8000-000000000000/owner";
    let answer = change(&app, Method::PUT, strange, Some(json!({}))).await;
    answer.expect_problem(404, "not_found");
}
