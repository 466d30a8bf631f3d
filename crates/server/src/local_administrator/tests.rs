//! The local administrator through the router: wanted, escrowed, shown once, and replaced an hour later.

use std::time::Duration;

use axum::http::Method;
use newtype_uuid::GenericUuid as _;
use serde_json::{Value, json};
use trust::code::Code;
use trust::escrow::EscrowKind;
use trust::id::DeedId;
use trust::outcome::Evidence;
use trust::service_account::{Deed, DeedKind};
use trust::time::Timestamp;
use wire::escrow::{LocalAdministratorTerms, Told};

use crate::clock::Clock as _;
use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

const POLICY: &str = "/api/v1/policies/local-administrator";
const KIND: EscrowKind = EscrowKind::LocalAdministratorPassword;
const PASSWORD: &str = "aB2dEf3hJk4mNp5rSt6v";
const ANOTHER: &str = "zY9xWv8uTs7rQp6nMk5j";

async fn put(app: &TestApp, body: &Value) -> Answer {
    let call = Call::new(Method::PUT, POLICY)
        .bearer(&app.token)
        .key(&app.fresh_key());
    app.send(call.json(body)).await
}

async fn terms(app: &TestApp, mac: &FakeMac) -> Option<LocalAdministratorTerms> {
    mac.escrow_terms(app).await.local_administrator
}

async fn escrow(app: &TestApp, mac: &FakeMac, id: u128, password: &str) -> Answer {
    let told = mac
        .sealed_as(app, id, KIND, password, Some(app.clock.now()))
        .await;
    mac.tell_vault(app, id, KIND, told).await
}

/// A Mac whose organisation wants a local administrator, and whose agent has made it.
async fn made(app: &TestApp) -> FakeMac {
    put(app, &json!({ "wanted": true, "account": "localadmin" }))
        .await
        .expect(200);
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    escrow(app, &mac, 1, PASSWORD).await.expect(200);
    mac
}

fn path(mac: &FakeMac, verb: &str) -> String {
    format!("/api/v1/devices/{}/local-administrator{verb}", mac.id())
}

async fn reveal(app: &TestApp, mac: &FakeMac) -> Value {
    let body = json!({ "reason": "the printer" });
    app.post(path(mac, "/reveal"), &body).await.expect(200)
}

#[tokio::test]
async fn what_is_wanted_reaches_the_agent_and_what_is_out_of_bounds_is_refused() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    assert_eq!(app.get(POLICY).await.expect(200)["settings"], Value::Null);
    assert_eq!(terms(&app, &mac).await, None);
    put(&app, &json!({ "wanted": true }))
        .await
        .expect_invalid(400, "account");
    let wanted = put(
        &app,
        &json!({ "wanted": true, "account": "localadmin", "length": 24 }),
    )
    .await;
    assert_eq!(wanted.expect(200)["settings"]["rotate_every_days"], 30);
    let told = terms(&app, &mac).await.unwrap();
    assert_eq!(told.settings.account.as_str(), "localadmin");
    assert_eq!(
        (told.settings.length, told.version, told.rotate_after),
        (24, None, None)
    );
    for (field, value) in [
        ("length", json!(11)),
        ("length", json!(65)),
        ("rotate_every_days", json!(0)),
        ("rotate_every_days", json!(366)),
        ("alphabet", json!("runes")),
        ("account", json!("_bestow")),
    ] {
        let mut body = json!({ "wanted": true });
        body[field] = value;
        put(&app, &body).await.expect_invalid(400, field);
    }
    put(&app, &json!({ "wanted": false })).await.expect(200);
    assert_eq!(terms(&app, &mac).await, None);
}

#[tokio::test]
async fn another_account_does_not_go_by_the_full_name_of_the_former() {
    let app = TestApp::start().await;
    let full_name = async |body: Value| {
        let put = put(&app, &body).await.expect(200);
        put["settings"]["full_name"].clone()
    };
    let first = json!({ "wanted": true, "account": "ben", "full_name": "Ben's Help" });
    assert_eq!(full_name(first).await, "Ben's Help");
    assert_eq!(
        full_name(json!({ "wanted": true, "length": 24 })).await,
        "Ben's Help"
    );
    let another = json!({ "wanted": true, "account": "localadmin" });
    assert_eq!(full_name(another).await, "localadmin");
}

#[tokio::test]
async fn a_password_is_shown_and_replaced_an_hour_after_the_first_look() {
    let app = TestApp::start().await;
    let mac = made(&app).await;
    let shown = reveal(&app, &mac).await;
    assert_eq!(shown["secret"], PASSWORD);
    assert_eq!(shown["spelled"][0]["words"][1], "capital Bravo");
    let due = app.clock.now().plus(Duration::from_hours(1));
    assert_eq!(terms(&app, &mac).await.unwrap().rotate_after, Some(due));
    app.advance(Duration::from_mins(30));
    reveal(&app, &mac).await;
    assert_eq!(
        terms(&app, &mac).await.unwrap().rotate_after,
        Some(due),
        "not put off"
    );
    escrow(&app, &mac, 2, ANOTHER).await.expect(200);
    assert_eq!(terms(&app, &mac).await.unwrap().rotate_after, None);
    let kept = app.get(path(&mac, "")).await.expect(200);
    assert_eq!(kept["password"]["version"], 2);
    assert_eq!(
        kept["password"]["versions"][1]["revealed"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert!(!kept.to_string().contains(PASSWORD) && !kept.to_string().contains(ANOTHER));
}

#[tokio::test]
async fn its_line_in_the_vault_shows_it_as_a_password_too() {
    let app = TestApp::start().await;
    made(&app).await;
    let path = "/api/v1/vault/lines/SERIAL1/local_administrator_password/reveal";
    let body = json!({ "reason": "the printer" });
    let shown = app.post(path, &body).await.expect(200);
    assert_eq!(
        (&shown["kind"], &shown["secret"]),
        (&"local_administrator_password".into(), &PASSWORD.into())
    );
    assert_eq!(shown["spelled"][0]["words"][1], "capital Bravo");
    let none = path.replace("SERIAL1", "SERIAL9");
    app.post(none, &body).await.expect_problem(404, "no_vault_line");
}

#[tokio::test]
async fn the_same_request_shows_it_once() {
    let app = TestApp::start().await;
    let mac = made(&app).await;
    let key = app.fresh_key();
    let ask = || {
        let call = Call::post(path(&mac, "/reveal")).bearer(&app.token).key(&key);
        call.json(&json!({ "reason": "the printer" }))
    };
    app.send(ask()).await.expect(200);
    let again = app.send(ask()).await;
    again.expect_problem(409, "already_revealed");
    assert!(!again.text.contains(PASSWORD));
    let without = Call::post(path(&mac, "/reveal"))
        .bearer(&app.token)
        .key(&app.fresh_key());
    app.send(without.json(&json!({})))
        .await
        .expect_invalid(400, "reason");
}

#[tokio::test]
async fn another_one_can_be_asked_for_and_use_asks_for_it_too() {
    let app = TestApp::start().await;
    let bare = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    let none = app.post(path(&bare, "/replace"), &json!({})).await;
    none.expect_problem(422, "no_local_administrator_password");
    let none = app
        .post(path(&bare, "/reveal"), &json!({ "reason": "why not" }))
        .await;
    none.expect_problem(422, "no_local_administrator_password");

    let mac = made(&app).await;
    app.post(path(&mac, "/replace"), &json!({ "reason": "it was on a note" }))
        .await
        .expect(200);
    let now = app.clock.now();
    assert_eq!(terms(&app, &mac).await.unwrap().rotate_after, Some(now));
    escrow(&app, &mac, 2, ANOTHER).await.expect(200);
    mac.tell_vault(&app, 3, KIND, Told::Used { at: now })
        .await
        .expect(200);
    assert_eq!(terms(&app, &mac).await.unwrap().rotate_after, Some(now));
}

#[tokio::test]
async fn what_is_no_password_is_refused_and_a_key_is_none() {
    let app = TestApp::start().await;
    let mac = made(&app).await;
    for (id, text) in [
        (2, "short"),
        (3, "{\"looks\":\"sealed-offline\"}"),
        (4, "with a blank in it"),
    ] {
        escrow(&app, &mac, id, text).await.expect_invalid(400, "told");
    }
    let other = mac
        .sealed_as(&app, 5, EscrowKind::PersonalRecoveryKey, PASSWORD, None)
        .await;
    mac.tell_vault(&app, 5, KIND, other)
        .await
        .expect_problem(422, "escrow_not_opened");
    assert_eq!(terms(&app, &mac).await.unwrap().version, Some(1));
}

#[tokio::test]
async fn a_password_comes_out_nowhere_but_where_it_is_shown() {
    let app = TestApp::start().await;
    let mac = made(&app).await;
    reveal(&app, &mac).await;
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes
            .windows(PASSWORD.len())
            .any(|part| part == PASSWORD.as_bytes());
        assert!(!found, "{}", file.display());
    }
    let audit = app.get("/api/v1/audit").await.expect(200).to_string();
    assert!(audit.contains("escrow.revealed") && !audit.contains(PASSWORD));
}

/// What an agent tells at this time of its local administrator.
pub(crate) fn deed(id: u128, kind: DeedKind, code: Code, at: Timestamp) -> Deed {
    Deed {
        id: DeedId::from_untyped_uuid(uuid::Uuid::from_u128(id)),
        kind,
        code,
        account: Some("localadmin".to_owned()),
        evidence: vec![Evidence {
            at,
            by: "pwpolicy -getaccountpolicies".to_owned(),
            saw: "no password of 20 characters has 30".to_owned(),
        }],
        edge: None,
        at,
    }
}

#[tokio::test]
async fn what_failed_last_is_told_until_it_comes_about() {
    let (make, not_made) = (DeedKind::MakeLocalAdministrator, Code::LocalAdministratorNotMade);
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let told = async |what: &str| app.get(path(&mac, "")).await.expect(200)[what].clone();
    let failure = async || told("failure").await;
    let outlook = async || told("outlook").await;
    let at = app.clock.now();
    mac.check_in_having_done(&app, deed(1, make, not_made, at)).await;
    assert_eq!(failure().await, Value::Null, "none is wanted");
    assert_eq!(outlook().await, Value::Null, "none is wanted");
    put(&app, &json!({ "wanted": true, "account": "localadmin" }))
        .await
        .expect(200);
    let told = failure().await;
    let entry = not_made.entry();
    assert_eq!(told["code"], "local_administrator_not_made");
    assert_eq!(told["kind"], "make_local_administrator");
    assert_eq!(told["account"], "localadmin");
    assert_eq!(told["at"], json!(at));
    assert_eq!(told["code_title"], entry.title);
    assert_eq!(told["cause"], entry.cause);
    assert_eq!(told["next_step"], entry.fix);
    assert_eq!(told["bestow"], entry.bestow);
    assert_eq!(told["evidence"][0]["saw"], "no password of 20 characters has 30");

    let elsewhere = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    let other = app.get(path(&elsewhere, "")).await.expect(200);
    assert_eq!(other["failure"], Value::Null, "another Mac's");
    assert_eq!(outlook().await, Value::Null, "what failed says what to do");
    let comes = other["outlook"].as_str().unwrap();
    assert!(comes.starts_with("The agent makes localadmin"), "{comes}");

    app.advance(Duration::from_mins(1));
    let granted = Deed {
        account: Some("bob".to_owned()),
        ..deed(2, DeedKind::Grant, Code::Granted, app.clock.now())
    };
    mac.check_in_having_done(&app, granted).await;
    assert_eq!(failure().await["code"], "local_administrator_not_made");
    let made = deed(3, make, Code::LocalAdministratorMade, app.clock.now());
    mac.check_in_having_done(&app, made).await;
    assert_eq!(failure().await, Value::Null);

    app.advance(Duration::from_mins(1));
    let (rotate, not_rotated) = (
        DeedKind::RotateLocalAdministrator,
        Code::LocalAdministratorNotRotated,
    );
    mac.check_in_having_done(&app, deed(4, rotate, not_rotated, app.clock.now()))
        .await;
    assert_eq!(failure().await["code"], "local_administrator_not_rotated");
    app.advance(Duration::from_mins(1));
    escrow(&app, &mac, 1, PASSWORD).await.expect(200);
    assert_eq!(failure().await, Value::Null, "the vault knows of another, proved");
}
