//! A second factor: set up, asked for, never taken twice, lost and reset.

use std::time::Duration;

use axum::http::Method;
use secrecy::SecretString;
use serde_json::json;

use super::signed_in::SignedIn;
use crate::second_factor::code_at;
use crate::testing::{Answer, Call, TestApp};

const PASSWORD: &str = "a long sentence";

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split(before).nth(1).unwrap().split(after).next().unwrap()
}

/// The code that the app shows now.
fn code(app: &TestApp, secret: &SecretString) -> String {
    code_at(secret, app.app.now())
}

/// Sets a second factor up, and answers its secret and the recovery codes.
pub(super) async fn set_up(app: &TestApp, person: &SignedIn<'_>) -> (SecretString, Vec<String>) {
    let begun = person.send("/account", "/account/second-factor", &[]).await;
    assert_eq!(begun.headers["location"], "/account/second-factor");
    let page = person.read("/account/second-factor").await;
    assert!(page.contains("<svg class=\"qr\""), "{page}");
    let secret = SecretString::from(between(&page, "Key: <code>", "</code>").replace(' ', ""));
    let wrong = person
        .send(
            "/account/second-factor",
            "/account/second-factor/confirm",
            &[("code", "000000")],
        )
        .await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert!(
        wrong.text.contains("not the code that the app shows"),
        "{}",
        wrong.text
    );
    let right = code(app, &secret);
    let confirmed = person
        .send(
            "/account/second-factor",
            "/account/second-factor/confirm",
            &[("code", &right)],
        )
        .await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    assert_eq!(confirmed.headers["cache-control"], "no-store");
    let codes = confirmed.text.split("<li><code>").skip(1);
    let codes: Vec<String> = codes
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10, "{}", confirmed.text);
    (secret, codes)
}

/// Gives the password, and answers what the page of the second step holds.
async fn first_step(app: &TestApp) -> String {
    let answer = give(
        app,
        "/sign-in",
        &[("name", "grace"), ("password", PASSWORD), ("then", "/actions")],
    )
    .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.headers.get("set-cookie").is_none());
    between(&answer.text, "name=\"step\" value=\"", "\"").to_owned()
}

async fn second_step(app: &TestApp, step: &str, code: &str) -> Answer {
    give(
        app,
        "/sign-in/code",
        &[("step", step), ("code", code), ("then", "/actions")],
    )
    .await
}

async fn give(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> Answer {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let fields: Vec<_> = fields.iter().map(owned).collect();
    let call = Call::post(path).form(&fields).header("accept", "text/html");
    app.send(call.header("x-forwarded-for", "192.0.2.1")).await
}

#[tokio::test]
async fn a_code_is_asked_for_and_taken_once() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let (secret, _) = set_up(&app, &grace).await;
    // The code that confirmed it is used up.
    let step = first_step(&app).await;
    let replayed = second_step(&app, &step, &code(&app, &secret)).await;
    assert_eq!(replayed.status, 401, "{}", replayed.text);
    app.advance(Duration::from_secs(30));
    let now = code(&app, &secret);
    let signed_in = second_step(&app, &step, &format!("{} {}", &now[..3], &now[3..])).await;
    assert_eq!(signed_in.status, 303, "{}", signed_in.text);
    assert_eq!(signed_in.headers["location"], "/actions");
    let again = first_step(&app).await;
    assert_eq!(second_step(&app, &again, &now).await.status, 401);
    // The page of the first time has been used.
    app.advance(Duration::from_secs(30));
    let used = second_step(&app, &step, &code(&app, &secret)).await;
    assert_eq!(used.status, 401);
    assert!(used.text.contains("Signing in took too long"), "{}", used.text);
    app.advance(Duration::from_mins(5));
    let late = second_step(&app, &again, &code(&app, &secret)).await;
    assert!(late.text.contains("Signing in took too long"), "{}", late.text);
    let people = app.get("/api/v1/people").await.expect(200);
    assert_eq!(people["items"][0]["has_second_factor"], true);
}

#[tokio::test]
async fn of_two_that_give_the_same_code_at_once_one_is_let_in() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let (secret, _) = set_up(&app, &grace).await;
    app.advance(Duration::from_secs(60));
    let (one, other) = (first_step(&app).await, first_step(&app).await);
    let now = code(&app, &secret);
    let (one, other) = tokio::join!(second_step(&app, &one, &now), second_step(&app, &other, &now));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 401]);
}

#[tokio::test]
async fn a_recovery_code_opens_once() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let (_, codes) = set_up(&app, &grace).await;
    let step = first_step(&app).await;
    assert_eq!(
        second_step(&app, &step, &codes[3].to_uppercase()).await.status,
        303
    );
    let step = first_step(&app).await;
    assert_eq!(second_step(&app, &step, &codes[3]).await.status, 401);
    assert_eq!(second_step(&app, &step, &codes[4]).await.status, 303);
    let audit = app.get("/api/v1/audit?limit=1").await.expect(200);
    assert_eq!(audit["items"][0]["detail"], "with a recovery code");
}

#[tokio::test]
async fn who_guesses_codes_has_to_wait_an_owner_as_well() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "owner").await;
    let (secret, _) = set_up(&app, &grace).await;
    app.advance(Duration::from_secs(60));
    let step = first_step(&app).await;
    for _ in 0..5 {
        assert_eq!(second_step(&app, &step, "000000").await.status, 401);
    }
    let barred = second_step(&app, &step, &code(&app, &secret)).await;
    assert_eq!(barred.status, 429, "{}", barred.text);
}

#[tokio::test]
async fn no_way_in_goes_past_the_second_factor() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let (secret, _) = set_up(&app, &grace).await;
    let people = app.get("/api/v1/people").await.expect(200);
    let id = people["items"][0]["id"].as_str().unwrap();
    let pending = first_step(&app).await;
    let path = format!("/api/v1/people/{id}/invitation");
    let invitation = app.post(path, &json!({})).await.expect(201);
    // A new password by an invitation signs nobody in, and ends what was begun with the old one.
    let link = invitation["path"].as_str().unwrap();
    let chosen = give(
        &app,
        link,
        &[
            ("password", "another long sentence"),
            ("password_again", "another long sentence"),
        ],
    )
    .await;
    assert_eq!(chosen.status, 303, "{}", chosen.text);
    assert_eq!(chosen.headers["location"], "/sign-in");
    assert!(chosen.headers.get("set-cookie").is_none());
    app.advance(Duration::from_secs(60));
    let late = second_step(&app, &pending, &code(&app, &secret)).await;
    assert!(late.text.contains("Signing in took too long"), "{}", late.text);
    // An owner resets it, once for each request.
    let path = format!("/api/v1/people/{id}/second-factor");
    let reset = Call::new(Method::DELETE, path).bearer(&app.token);
    assert_eq!(app.send(reset.clone().key("reset-it-1")).await.status, 204);
    assert_eq!(app.send(reset.clone().key("reset-it-1")).await.status, 204);
    app.send(reset.key("reset-it-2"))
        .await
        .expect_problem(404, "not_found");
    let fields = [
        ("name", "grace"),
        ("password", "another long sentence"),
        ("then", "/"),
    ];
    assert_eq!(give(&app, "/sign-in", &fields).await.status, 303);
    let audit = app.get("/api/v1/audit?limit=2").await.expect(200);
    assert_eq!(audit["items"][1]["verb"], "person.second_factor_removed");
    assert_eq!(audit["items"][1]["actor"], "api_token:administrator");
}

#[tokio::test]
async fn who_takes_it_away_types_the_password() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "viewer").await;
    set_up(&app, &grace).await;
    let remove = async |password: &str| {
        let fields = [("current_password", password)];
        grace
            .send("/account", "/account/second-factor/remove", &fields)
            .await
    };
    let wrong = remove("another sentence").await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("This is not your password."),
        "{}",
        wrong.text
    );
    assert_eq!(remove(PASSWORD).await.status, 303);
    assert!(grace.read("/account").await.contains("Set up a second factor"));
}

#[tokio::test]
async fn nothing_that_is_stored_tells_the_secret_or_a_recovery_code() {
    use secrecy::ExposeSecret as _;
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "viewer").await;
    let (secret, codes) = set_up(&app, &grace).await;
    let raw = codes[0].replace('-', "");
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        for planted in [secret.expose_secret(), &codes[0], &raw] {
            let is_there = bytes
                .windows(planted.len())
                .any(|part| part == planted.as_bytes());
            assert!(!is_there, "{}", file.display());
        }
    }
}
