//! The pages about who may ask, and about oneself.

use super::signed_in::SignedIn;
use crate::testing::{Call, FakeMac, TestApp, mac_without_holders};

async fn id_of(app: &TestApp, name: &str) -> String {
    let people = app.get("/api/v1/people").await.expect(200);
    let people = people["items"].as_array().unwrap();
    let found = people.iter().find(|person| person["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_macs_page_has_no_buttons_for_what_its_reader_may_not_do() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    let page = format!("/devices/{}", mac.id());
    let rotate = format!("href=\"{page}/rotate-recovery-key\"");
    let eve = SignedIn::new(&app, "eve", "auditor").await;
    let read = eve.read(&page).await;
    assert!(
        !read.contains(&rotate) && !read.contains("-service-account\""),
        "the auditor's"
    );
    let ada = SignedIn::new(&app, "ada", "administrator").await;
    let read = ada.read(&page).await;
    assert!(
        read.contains(&rotate) && read.contains("-service-account\""),
        "the administrator's"
    );
}

#[tokio::test]
async fn an_owner_invites_changes_and_removes_people() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "owner").await;
    let wrong = grace
        .send("/people", "/people", &[("name", "two words"), ("role", "viewer")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("Nobody was added."), "{}", wrong.text);
    let taken = grace
        .send("/people", "/people", &[("name", "Grace"), ("role", "viewer")])
        .await;
    assert!(
        taken.text.contains("Somebody has this name already."),
        "{}",
        taken.text
    );
    let made = grace
        .send("/people", "/people", &[("name", "eve"), ("role", "viewer")])
        .await;
    assert_eq!(made.status, 200, "{}", made.text);
    let link = made
        .text
        .split("/invitation/")
        .nth(1)
        .unwrap()
        .split(['<', '"'])
        .next()
        .unwrap();
    let link = format!("/invitation/{link}");
    assert_eq!(app.send(Call::get(&link)).await.status, 200);

    let page = format!("/people/{}", id_of(&app, "eve").await);
    let role = grace
        .send(&page, &format!("{page}/role"), &[("role", "auditor")])
        .await;
    assert_eq!(role.status, 303, "{}", role.text);
    assert!(grace.read(&page).await.contains("Auditor"));
    assert_eq!(app.send(Call::get(&link)).await.status, 404);
    let again = grace.send(&page, &format!("{page}/invitation"), &[]).await;
    assert!(
        again.text.contains("/invitation/bestow_invite_"),
        "{}",
        again.text
    );
    let removed = grace.send(&page, &format!("{page}/remove"), &[]).await;
    assert_eq!(removed.headers["location"], "/people");
    assert!(!grace.read("/people").await.contains("eve"));

    let own = format!("/people/{}", id_of(&app, "grace").await);
    let last = grace.send(&own, &format!("{own}/remove"), &[]).await;
    assert_eq!(last.status, 409, "{}", last.text);
}

#[tokio::test]
async fn a_token_is_made_shown_once_and_revoked() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "owner").await;
    let make = async |fields: &[(&str, &str)]| grace.send("/api-tokens", "/api-tokens", fields).await;
    for (fields, words) in [
        (&[("name", "a b"), ("role", "viewer")][..], "No token was made."),
        (
            &[("name", "ci"), ("role", "viewer"), ("days", "31")],
            "from 1 to 30",
        ),
        (
            &[("name", "ci"), ("role", "viewer"), ("scope_act", "true")],
            "does not bring every permission",
        ),
    ] {
        let wrong = make(fields).await;
        assert_eq!(wrong.status, 422, "{}", wrong.text);
        assert!(wrong.text.contains(words), "{words}: {}", wrong.text);
    }
    let made = make(&[
        ("name", "ci"),
        ("role", "administrator"),
        ("scope_read", "true"),
        ("days", "7"),
    ])
    .await;
    assert_eq!(made.status, 200, "{}", made.text);
    let token = made
        .text
        .split("bestow_api_")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let token = format!("bestow_api_{token}");
    let devices = || Call::get("/api/v1/devices").bearer(&token);
    app.send(devices()).await.expect(200);
    let listed = grace.read("/api-tokens").await;
    assert!(!listed.contains(&token) && listed.contains(">ci<"), "{listed}");
    let revoked = grace.send("/api-tokens", "/api-tokens/ci/revoke", &[]).await;
    assert_eq!(revoked.status, 303);
    app.send(devices()).await.expect_problem(401, "not_signed_in");
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "owner").await;
    app.advance(std::time::Duration::from_secs(1));
    let eve = SignedIn::new(&app, "eve", "viewer").await;
    let page = grace.read("/sessions").await;
    let address = page
        .split("action=\"/sessions/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let ended = grace
        .send("/sessions", &format!("/sessions/{address}"), &[])
        .await;
    assert_eq!(ended.status, 303, "{}", ended.text);
    assert_eq!(eve.open("/").await.status, 401);
    assert_eq!(grace.open("/").await.status, 200);
}

#[tokio::test]
async fn ones_own_password_is_changed_with_the_former_and_ends_other_sessions() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "viewer").await;
    let fields = [("name", "grace"), ("password", "a long sentence"), ("then", "/")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let elsewhere = app.send(Call::post("/sign-in").form(&fields)).await;
    let elsewhere = elsewhere.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let change = async |former: &str, new: &str| {
        let fields = [
            ("current_password", former),
            ("password", new),
            ("password_again", new),
        ];
        grace.send("/account", "/account/password", &fields).await
    };
    let wrong = change("another sentence", "yet another sentence").await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("This is not your password."),
        "{}",
        wrong.text
    );
    let short = change("a long sentence", "short").await;
    assert!(
        short.text.contains("at least 12") || short.text.contains("12 characters"),
        "{}",
        short.text
    );
    let changed = change("a long sentence", "yet another sentence").await;
    assert_eq!(changed.status, 303, "{}", changed.text);
    let fresh = changed.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let status = async |cookie: String| app.send(Call::get("/").header("cookie", cookie)).await.status;
    assert_eq!(status(elsewhere).await, 401);
    assert_eq!(status(grace.cookie.clone()).await, 401);
    assert_eq!(status(fresh).await, 200);
}

#[tokio::test]
async fn nobody_ends_anothers_session_from_his_own_account() {
    let app = TestApp::start().await;
    let eve = SignedIn::new(&app, "eve", "viewer").await;
    let _grace = SignedIn::new(&app, "grace", "owner").await;
    let sessions = app.get("/api/v1/sessions").await.expect(200);
    let sessions = sessions["items"].as_array().unwrap();
    let of_grace = sessions
        .iter()
        .find(|session| session["person"] == "grace")
        .unwrap();
    let path = format!("/account/sessions/{}/end", of_grace["id"].as_str().unwrap());
    assert_eq!(eve.send("/account", &path, &[]).await.status, 404);
}

#[tokio::test]
async fn whoever_came_by_a_link_of_the_operator_is_told_to_choose_a_name() {
    let app = TestApp::start().await;
    let cookie = app.session().await;
    let page = app.send(Call::get("/account").header("cookie", cookie)).await;
    assert!(
        page.text.contains("Choose a name and a password"),
        "{}",
        page.text
    );
    let page = app.send(Call::get("/account").bearer(&app.token)).await;
    assert!(
        page.text.contains("You have no account of your own."),
        "{}",
        page.text
    );
    assert!(!page.text.contains("/set-up"), "{}", page.text);
}
