//! Signing in with a name and a password, at the first start, by an invitation, and afterwards.

use serde_json::json;

use crate::sign_in::{Address, NewSession};
use crate::testing::{Answer, Call, TestApp};

const PASSWORD: &str = "a long sentence";

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

async fn sign_in(app: &TestApp, name: &str, password: &str, from: &str) -> Answer {
    let form = fields(&[("name", name), ("password", password), ("then", "/actions")]);
    let call = Call::post("/sign-in").form(&form).header("x-forwarded-for", from);
    app.send(call.header("accept", "text/html")).await
}

async fn with_person(app: &TestApp, name: &str, role: &str) {
    let invitation = app
        .post("/api/v1/people", &json!({ "name": name, "role": role }))
        .await;
    app.accept(&invitation.expect(201), PASSWORD).await;
}

#[tokio::test]
async fn a_name_and_its_password_sign_in_and_lead_on() {
    let app = TestApp::start().await;
    with_person(&app, "grace", "viewer").await;
    app.advance(std::time::Duration::from_secs(1));
    let answer = sign_in(&app, "Grace", PASSWORD, "192.0.2.1").await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(answer.headers["location"], "/actions");
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let page = app.send(Call::get("/actions").header("cookie", cookie)).await;
    assert!(page.text.contains("grace"), "{}", page.text);
    let sessions = app.get("/api/v1/sessions").await.expect(200);
    assert_eq!(sessions["items"][0]["address"], "192.0.2.1");
}

#[tokio::test]
async fn nobody_learns_whether_the_name_or_the_password_is_wrong() {
    let app = TestApp::start().await;
    with_person(&app, "grace", "viewer").await;
    let wrong_password = sign_in(&app, "grace", "another sentence", "192.0.2.1").await;
    let wrong_name = sign_in(&app, "grape", PASSWORD, "192.0.2.2").await;
    assert_eq!(wrong_password.status, 401);
    assert_eq!(wrong_name.status, 401);
    let neutral = |answer: &Answer| answer.text.replace("grape", "grace");
    assert_eq!(neutral(&wrong_password), neutral(&wrong_name));
    for secret in [PASSWORD, "another sentence"] {
        assert!(!wrong_password.text.contains(secret));
    }
    let audit = app.get("/api/v1/audit?limit=1").await.expect(200);
    assert_eq!(audit["items"][0]["verb"], "session.refused");
    assert_eq!(audit["items"][0]["subject"], "grace");
    assert_eq!(audit["items"][0]["detail"], "from 192.0.2.1");
}

#[tokio::test]
async fn who_guesses_has_to_wait_and_others_get_in() {
    let app = TestApp::start().await;
    with_person(&app, "grace", "owner").await;
    for _ in 0..5 {
        let wrong = sign_in(&app, "grace", "another sentence", "192.0.2.1").await;
        assert_eq!(wrong.status, 401);
    }
    let barred = sign_in(&app, "grace", PASSWORD, "192.0.2.1").await;
    assert_eq!(barred.status, 429);
    assert!(barred.text.contains("may be tried at"), "{}", barred.text);
    assert_eq!(sign_in(&app, "grace", PASSWORD, "192.0.2.2").await.status, 303);
    app.advance(std::time::Duration::from_mins(15));
    assert_eq!(sign_in(&app, "grace", PASSWORD, "192.0.2.1").await.status, 303);
}

#[tokio::test]
async fn no_owner_is_kept_out_by_guesses_from_everywhere() {
    let app = TestApp::start().await;
    for (name, role) in [("grace", "owner"), ("ada", "owner"), ("bob", "administrator")] {
        with_person(&app, name, role).await;
        let name = name.parse().unwrap();
        for number in 0..100 {
            let address = Address(format!("203.0.113.{number}").parse().ok());
            let guess = app
                .app
                .guessing
                .begin(Some(&name), address, role == "owner", app.app.now());
            assert!(guess.is_ok());
        }
    }
    for (name, status) in [("grace", 303), ("ada", 303), ("bob", 429)] {
        assert_eq!(
            sign_in(&app, name, PASSWORD, "192.0.2.1").await.status,
            status,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_password_that_was_changed_meanwhile_begins_no_session() {
    let app = TestApp::start().await;
    let body = json!({ "name": "grace", "role": "viewer" });
    let invitation = app.post("/api/v1/people", &body).await.expect(201);
    app.accept(&invitation, PASSWORD).await;
    let organization_id = app.setup.organization_id();
    let name = "grace".parse().unwrap();
    let store = &app.app.store;
    let found = store::person::find_by_name(store, organization_id, &name).await;
    let (grace, hash) = found.unwrap().unwrap();
    // The password was found right; before the session begins, another one is chosen.
    let path = format!("/api/v1/people/{}/invitation", grace.id);
    let invitation = app.post(path, &json!({})).await.expect(201);
    app.accept(&invitation, "another long sentence").await;
    let session = NewSession::from(&app.app, Address(None));
    let is_in = store::person::sign_in(store, &grace, &hash.unwrap(), &session.beginning).await;
    assert!(!is_in.unwrap());
    let sessions = app.get("/api/v1/sessions").await.expect(200);
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        sign_in(&app, "grace", "another long sentence", "192.0.2.1")
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn another_site_signs_nobody_in() {
    let app = TestApp::start().await;
    with_person(&app, "grace", "viewer").await;
    let form = fields(&[("name", "grace"), ("password", PASSWORD), ("then", "/")]);
    let call = Call::post("/sign-in")
        .form(&form)
        .header("sec-fetch-site", "cross-site");
    let answer = app.send(call.header("accept", "application/json")).await;
    answer.expect_problem(403, "session_changed");
    let form = fields(&[
        ("name", "grace"),
        ("password", PASSWORD),
        ("then", "//evil.example"),
    ]);
    let answer = app.send(Call::post("/sign-in").form(&form)).await;
    assert_eq!(answer.headers["location"], "/");
}

#[tokio::test]
async fn whoever_is_not_signed_in_finds_the_form_where_he_wanted_to_go() {
    let app = TestApp::start().await;
    let page = app.send(Call::get("/policies?x=1")).await;
    assert_eq!(page.status, 401);
    assert!(
        !page.text.contains("name=\"password\""),
        "nobody has one yet: {}",
        page.text
    );
    with_person(&app, "grace", "viewer").await;
    let page = app.send(Call::get("/policies?x=1")).await;
    assert!(page.text.contains("name=\"password\""), "{}", page.text);
    assert!(page.text.contains("value=\"/policies?x=1\""), "{}", page.text);
    let page = app.send(Call::get("/sign-in")).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn the_first_person_chooses_a_name_and_a_password() {
    let app = TestApp::start().await;
    let link = app.setup.set_up_path("operator").await.unwrap();
    let followed = app.send(Call::get(link)).await;
    assert_eq!(followed.headers["location"], "/set-up");
    let cookie = followed.headers["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let page = app
        .send(Call::get("/set-up").header("cookie", cookie.clone()))
        .await;
    let hidden = |name: &str| {
        let at = page.text.find(&format!("name=\"{name}\" value=\"")).unwrap();
        let value = &page.text[at..].split('"').nth(3).unwrap();
        (*value).to_owned()
    };
    let (token, key) = (hidden("form_token"), hidden("idempotency_key"));
    let submit = |name: &str, password: &str, again: &str| {
        let form = fields(&[
            ("form_token", &token),
            ("idempotency_key", &key),
            ("name", name),
            ("password", password),
            ("password_again", again),
        ]);
        app.send(Call::post("/set-up").form(&form).header("cookie", cookie.clone()))
    };
    for (name, password, again, error) in [
        ("grace hopper", PASSWORD, PASSWORD, "This cannot be"),
        ("grace", "tiny pass", "tiny pass", "12 characters"),
        (
            "grace",
            "grace is my name",
            "grace is my name",
            "the name with which",
        ),
        ("grace", PASSWORD, "a long sentences", "differ"),
    ] {
        let answer = submit(name, password, again).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains(error), "{error}: {}", answer.text);
        assert!(!answer.text.contains(password), "{}", answer.text);
    }
    let answer = submit("grace", PASSWORD, PASSWORD).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let old = app
        .send(Call::get("/api/v1/devices").header("cookie", cookie.clone()))
        .await;
    old.expect_problem(401, "not_signed_in");
    let new = answer.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    app.send(Call::get("/api/v1/people").header("cookie", new))
        .await
        .expect(200);
    assert_eq!(sign_in(&app, "grace", PASSWORD, "192.0.2.1").await.status, 303);
}

#[tokio::test]
async fn an_invitation_is_not_used_up_by_looking_or_by_a_bad_password() {
    let app = TestApp::start().await;
    let body = json!({ "name": "grace", "role": "help_desk" });
    let invitation = app.post("/api/v1/people", &body).await.expect(201);
    let path = invitation["path"].as_str().unwrap();
    for _ in 0..2 {
        let page = app.send(Call::get(path)).await;
        assert!(
            page.text.contains("help desk") && page.text.contains("grace"),
            "{}",
            page.text
        );
    }
    let form = fields(&[("password", "short"), ("password_again", "short")]);
    assert_eq!(app.send(Call::post(path).form(&form)).await.status, 422);
    app.accept(&invitation, PASSWORD).await;
    let form = fields(&[
        ("password", "another sentence"),
        ("password_again", "another sentence"),
    ]);
    assert_eq!(app.send(Call::post(path).form(&form)).await.status, 404);
    assert_eq!(sign_in(&app, "grace", PASSWORD, "192.0.2.1").await.status, 303);
}
