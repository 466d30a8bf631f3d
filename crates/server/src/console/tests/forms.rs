//! The two forms: what is sent, what comes back, and that no password does.

use std::time::Duration;

use serde_json::json;
use trust::action::SecretRole;
use trust::code::Code;
use trust::fact::Fact;
use trust::outcome::{Part, PartOutcome};

use super::grace::Grace;
use crate::clock::Clock as _;
use crate::testing::{Call, FakeMac, TestApp, healthy_mac, mac_without_holders};

const GRANT: [(&str, &str); 4] = [
    ("administrator", "ada"),
    ("administrator_password", "planted-1 +&=%ö"),
    ("target", "bob"),
    ("target_password", "planted-2"),
];

const CREATE: [(&str, &str); 5] = [
    ("full_name", "Dora Maar"),
    ("target", "dora"),
    ("target_password", "planted-3"),
    ("administrator", "ada"),
    ("administrator_password", "planted-1"),
];

fn without<'a>(fields: &[(&'a str, &'a str)], name: &str) -> Vec<(&'a str, &'a str)> {
    fields
        .iter()
        .copied()
        .filter(|(field, _)| *field != name)
        .collect()
}

#[tokio::test]
async fn a_grant_goes_sealed_to_the_mac_and_leads_to_its_page() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let answer = grace.fill_in(&mac, "grant-secure-token", &GRANT).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let location = answer.headers["location"].to_str().unwrap();
    assert!(
        grace
            .read(location)
            .await
            .contains("Grant Secure Token: ada → bob")
    );
    let offers = mac.check_in(&app).await.offers;
    assert_eq!(mac.open(&offers[0], SecretRole::Administrator), "planted-1 +&=%ö");
    assert_eq!(mac.open(&offers[0], SecretRole::Target), "planted-2");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_action() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let path = format!("/devices/{}/grant-secure-token", mac.id());
    let mut fields = grace.hidden(&path).await;
    fields.extend(GRANT.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let first = grace.send(&path, &fields).await;
    let second = grace.send(&path, &fields).await;
    assert_eq!(first.headers["location"], second.headers["location"]);
    assert_eq!(
        app.get("/api/v1/actions").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_grant_waits_for_its_time_and_its_page_says_so() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let with = |time| [&GRANT[..], &[("not_before", time)]].concat();
    for wrong in ["soon", "2999-01-01T00:00"] {
        let answer = grace.fill_in(&mac, "grant-secure-token", &with(wrong)).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.text.contains("id=\"not_before-error\""), "{wrong}");
    }
    let opens = app.clock.now().plus(Duration::from_hours(24));
    let minute = jiff::Timestamp::from_millisecond(opens.as_millis()).unwrap();
    let typed = minute.strftime("%Y-%m-%dT%H:%M").to_string();
    let answer = grace.fill_in(&mac, "grant-secure-token", &with(&typed)).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = grace.read(answer.headers["location"].to_str().unwrap()).await;
    let told = minute.strftime("%Y-%m-%d %H:%M:00").to_string();
    assert!(page.contains("when the Mac looks in from") && page.contains(&told));
    assert!(mac.check_in(&app).await.offers.is_empty());
}

#[tokio::test]
async fn an_account_is_made_with_a_token_or_without() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    assert_eq!(
        grace.fill_in(&mac, "create-user-account", &CREATE).await.status,
        303
    );
    assert_eq!(
        grace
            .fill_in(&mac, "create-user-account", &CREATE[..3])
            .await
            .status,
        303
    );
    let actions = app.get("/api/v1/actions").await.expect(200);
    let administrators: Vec<_> = (0..2)
        .map(|n| actions["items"][n]["action"]["administrator"].clone())
        .collect();
    assert!(administrators.contains(&json!("ada")) && administrators.contains(&json!(null)));
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_no_password_comes_back() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let cases = [
        ("grant-secure-token", &GRANT[..], "administrator"),
        ("grant-secure-token", &GRANT[..], "target_password"),
        ("create-user-account", &CREATE[..], "full_name"),
        ("create-user-account", &CREATE[..], "administrator_password"),
    ];
    for (form, filled, missing) in cases {
        let answer = grace.fill_in(&mac, form, &without(filled, missing)).await;
        assert_eq!(answer.status, 422, "{missing}");
        assert!(
            answer.text.contains(&format!("id=\"{missing}-error\"")),
            "{missing}"
        );
        assert!(!answer.text.contains("planted"), "{missing}");
    }
    assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn the_plan_is_shown_and_nothing_is_sent() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let checked: Vec<_> = GRANT.into_iter().chain([("check", "true")]).collect();
    let answer = grace.fill_in(&mac, "grant-secure-token", &checked).await;
    assert_eq!(answer.status, 200);
    for text in [
        "This can be sent.",
        "Nothing has been sent yet.",
        "name=\"plan_id\"",
    ] {
        assert!(answer.text.contains(text), "{text}");
    }
    assert!(!answer.text.contains("planted"));
    assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn a_plan_tells_that_the_same_is_asked_already() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let checked: Vec<_> = GRANT.into_iter().chain([("check", "true")]).collect();
    let told = "The same is asked of this Mac already.";
    let before = grace.fill_in(&mac, "grant-secure-token", &checked).await;
    assert!(!before.text.contains(told));
    let sent = grace.fill_in(&mac, "grant-secure-token", &GRANT).await;
    let action = sent.headers["location"].to_str().unwrap();
    let after = grace.fill_in(&mac, "grant-secure-token", &checked).await;
    for text in [
        told,
        &format!("href=\"{action}\""),
        " is queued, asked ",
        "This can be sent.",
    ] {
        assert!(after.text.contains(text), "{text}: {}", after.text);
    }
}

#[tokio::test]
async fn a_plan_that_fails_comes_back_with_its_reason_and_so_does_one_that_changed() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let broken = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    let answer = grace.fill_in(&broken, "grant-secure-token", &GRANT).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains(Code::ChainBroken.entry().title) && !answer.text.contains("planted"));
    let healthy = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    let stale: Vec<_> = GRANT.into_iter().chain([("plan_id", "another")]).collect();
    let answer = grace.fill_in(&healthy, "grant-secure-token", &stale).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text.contains(Code::PlanChanged.entry().title) && !answer.text.contains("planted"));
}

#[tokio::test]
async fn a_form_of_another_site_or_of_a_program_sends_nothing() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let other = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let path = format!("/devices/{}/grant-secure-token", mac.id());
    let mut fields = other.hidden(&path).await;
    fields.extend(GRANT.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let mut answers = vec![grace.send(&path, &fields).await];
    answers.push(app.send(Call::post(&path).bearer(&app.token).form(&fields)).await);
    for answer in answers {
        assert_eq!(answer.status, 403);
        assert!(answer.text.contains("This page belongs to another session"));
        assert!(!answer.text.contains("planted"));
    }
    assert_eq!(app.send(Call::post(&path).form(&fields)).await.status, 401);
    assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn the_parts_of_an_action_are_told_apart_and_the_restart_is_awaited() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let made = grace.fill_in(&mac, "create-user-account", &CREATE).await;
    let made = made.headers["location"].to_str().unwrap().to_owned();
    let id = json!(made.trim_start_matches("/actions/"));
    let mut outcome = FakeMac::ended(Code::CreatedWithoutToken, true, app.clock.now());
    outcome.parts = vec![
        PartOutcome {
            part: Part::CreateAccount,
            code: Code::AccountCreated,
        },
        PartOutcome {
            part: Part::GrantSecureToken,
            code: Code::AdministratorWrongPassword,
        },
    ];
    mac.report(&app, &id, outcome).await.expect(200);
    let page = grace.read(&made).await;
    for text in [
        "The account was made, but holds no Secure Token",
        "Create the account",
        "Grant a Secure Token",
        "not done",
        "Authentication Error: ",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let grant = app.grant(&mac).await;
    mac.report(&app, &grant["id"], mac.granted(app.clock.now()))
        .await
        .expect(200);
    let awaited = "visible on the start-up screen after the next restart";
    assert!(grace.read_action(&grant).await.contains(awaited));
    mac.observation.booted_at = Fact::known(
        app.clock.now().plus(Duration::from_secs(1)),
        app.clock.now(),
        "test",
    );
    mac.check_in(&app).await;
    let shown = grace.read_action(&grant).await;
    assert!(shown.contains("The Mac has been restarted since") && !shown.contains(awaited));
}

#[tokio::test]
async fn the_macs_name_accepts_what_the_chain_loses_and_another_does_not() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let refused = grace.fill_in(&mac, "demote-account", &[("target", "ada")]).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(
        refused.text.contains(Code::LastHolder.entry().title),
        "{}",
        refused.text
    );
    let wrong = [("target", "ada"), ("confirm_device_name", "Mac")];
    let wrong = grace.fill_in(&mac, "demote-account", &wrong).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("This is not the Mac's name."),
        "{}",
        wrong.text
    );
    let right = [("target", "ada"), ("confirm_device_name", "Mac 1")];
    let right = grace.fill_in(&mac, "demote-account", &right).await;
    assert_eq!(right.status, 303, "{}", right.text);
    app.advance(Duration::from_secs(1));
    let home = [("target", "bob"), ("remove_home", "true")];
    let deleted = grace.fill_in(&mac, "delete-account", &home).await;
    assert_eq!(deleted.status, 303, "{}", deleted.text);
    let offers = mac.check_in(&app).await.offers;
    let kinds: Vec<_> = offers.iter().map(|offer| offer.envelope.action.kind()).collect();
    assert_eq!(kinds, ["demote_account", "delete_account"]);
}
