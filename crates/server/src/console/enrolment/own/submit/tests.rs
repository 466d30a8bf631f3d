use std::time::Duration;

use serde_json::{Value, json};
use trust::action::SecretRole;

use crate::testing::{Answer, Call, FakeMac, Person, TestApp, healthy_mac};

async fn link(app: &TestApp, serial_number: &str) -> String {
    let body = json!({ "serial_number": serial_number, "not_enrolled": true });
    let link = app.post("/api/v1/enrolment-links", &body).await.expect(201);
    link["path"].as_str().unwrap().to_owned()
}

fn fields(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let usual = [
        ("full_name", "Bob O’Neill"),
        ("username", "bob"),
        ("email", "bob@example.org"),
        ("password", "bob's password"),
        ("password_again", "bob's password"),
    ];
    let value = |name: &str, usual: &str| {
        let changed = changes.iter().find(|(changed, _)| *changed == name);
        changed.map_or(usual, |(_, value)| *value).to_owned()
    };
    usual
        .iter()
        .map(|(name, usual)| ((*name).to_owned(), value(name, usual)))
        .collect()
}

async fn submit(app: &TestApp, path: &str, changes: &[(&str, &str)]) -> Answer {
    app.send(Call::post(path).form(&fields(changes))).await
}

async fn record(app: &TestApp) -> Value {
    app.get("/api/v1/enrolment-records/SERIAL1").await.expect(200)
}

#[tokio::test]
async fn somebody_without_a_session_says_once_who_it_is() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let path = link(&app, "serial1").await;
    let page = app.send(Call::get(&path)).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(page.text.contains("SERIAL1") && page.text.contains("Your password, again"));
    assert!(!page.text.contains("Signed in"));
    assert!(
        page.text
            .contains("<strong>Your organisation</strong> asks the person")
    );
    app.setup.name_organization("Example & Co").await.unwrap();
    let page = app.send(Call::get(&path)).await;
    assert!(
        page.text
            .contains("<strong>Example &amp; Co</strong> asks the person")
    );

    let thanks = submit(&app, &path, &[]).await;
    assert_eq!(thanks.status, 200);
    assert!(thanks.text.contains("Thank you"));
    let kept = record(&app).await;
    assert_eq!(
        (&kept["username"], &kept["source"]),
        (&json!("bob"), &json!("enrolment_page"))
    );
    assert_eq!(kept["secrets"][0]["usable"], true);
    let body = json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "ada", "password": "x" },
        "target": { "username": "%username%", "password_from": "%password%" },
    });
    app.post(format!("/api/v1/devices/{}/actions", mac.id()), &body)
        .await
        .expect(202);
    let offer = &mac.check_in(&app).await.offers[0];
    assert_eq!(mac.open(offer, SecretRole::Target), "bob's password");

    for again in [
        app.send(Call::get(&path)).await,
        submit(&app, &path, &[("username", "eve")]).await,
    ] {
        assert_eq!(again.status, 404);
        assert!(again.text.contains("This link cannot be used"));
    }
    assert_eq!(record(&app).await, kept);
    let audit = app.get("/api/v1/audit").await.expect(200);
    let used = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["verb"] == "enrolment_link.used");
    assert_eq!(used.unwrap()["actor"], "enrolment_link:SERIAL1");
}

#[tokio::test]
async fn what_is_wrong_comes_back_without_passwords_and_keeps_the_link() {
    let app = TestApp::start().await;
    let path = link(&app, "SERIAL1").await;
    for (changes, sentence) in [
        (&[("full_name", "")][..], "Enter your name."),
        (
            &[("username", "a/b")],
            "This cannot be: an account name holds no control characters",
        ),
        (
            &[("email", "nobody")],
            "This cannot be: an e-mail address has something",
        ),
        (&[("password", "")], "Enter your password."),
        (&[("password_again", "unlike")], "The two passwords differ."),
        (
            &[("password", "a\nb"), ("password_again", "a\nb")],
            "A password is a text of 1 to 1022 bytes",
        ),
    ] {
        let page = submit(&app, &path, changes).await;
        assert_eq!(page.status, 422, "{changes:?}");
        assert!(page.text.contains(sentence), "{changes:?}: {}", page.text);
        assert!(!page.text.contains("bob's password") && !page.text.contains("unlike"));
        if changes[0].0 != "full_name" {
            assert!(page.text.contains("Bob O’Neill"), "what was filled in is gone");
        }
    }
    app.get("/api/v1/enrolment-records/SERIAL1")
        .await
        .expect_problem(404, "not_found");
    assert_eq!(submit(&app, &path, &[]).await.status, 200);
}

#[tokio::test]
async fn what_is_known_is_neither_shown_nor_asked_again() {
    let app = TestApp::start().await;
    app.bind(&Person::new("SERIAL1", "roberta")).await;
    app.advance(Duration::from_secs(1));
    let path = link(&app, "SERIAL1").await;
    let page = app.send(Call::get(&path)).await;
    assert!(!page.text.contains("roberta"), "whoever has the link sees it");
    assert!(page.text.contains("It is known already."));
    let done = submit(&app, &path, &[("full_name", ""), ("username", ""), ("email", "")]).await;
    assert_eq!(done.status, 200);
    let kept = record(&app).await;
    assert_eq!(
        (&kept["username"], &kept["full_name"]),
        (&json!("roberta"), &json!("Full roberta"))
    );
    assert_eq!(kept["secrets"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_link_ends_with_its_time() {
    let app = TestApp::start().await;
    let path = link(&app, "SERIAL1").await;
    app.advance(Duration::from_hours(7 * 24));
    assert_eq!(app.send(Call::get(&path)).await.status, 404);
    assert_eq!(submit(&app, &path, &[]).await.status, 404);
    assert_eq!(app.send(Call::get("/enrolment/guess")).await.status, 404);
}

#[tokio::test]
async fn of_two_who_send_at_once_one_is_taken() {
    let app = TestApp::start().await;
    let path = link(&app, "SERIAL1").await;
    let (one, other) = tokio::join!(
        submit(&app, &path, &[]),
        submit(&app, &path, &[("username", "eve")])
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
}
