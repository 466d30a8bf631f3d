//! Buttons that change something: signing out, calling an action back, approving a device.

use serde_json::json;

use super::grace::Grace;
use crate::testing::{Answer, Call, FakeMac, Reading, TestApp, healthy_mac};

/// Presses a button on `page` that leads to `address`, with `more` fields of its form.
async fn press(grace: &Grace<'_>, page: &str, address: &str, more: &[(&str, &str)]) -> Answer {
    let shown = grace.read(page).await;
    assert!(shown.contains(&format!("action=\"{address}\"")), "{page}");
    let mut fields = grace.hidden(page).await;
    fields.extend(
        more.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    grace.send(address, &fields).await
}

#[tokio::test]
async fn who_signs_out_is_out() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let answer = press(&grace, "/", "/sign-out", &[]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.headers["location"], "/signed-out");
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("bestow_session=;") && cookie.contains("Max-Age=0"),
        "{cookie}"
    );
    assert_eq!(
        grace.open("/").await.status,
        401,
        "the cookie is worth nothing now"
    );
    let page = app.send(Call::get("/signed-out")).await;
    assert!(page.text.contains("You are signed out") && page.text.contains("sign-in link"));
    let audit = app.get("/api/v1/audit").await.expect(200);
    assert_eq!(audit["items"][0]["verb"], "session.signed_out");
    assert_eq!(audit["items"][0]["actor"], "person:grace");
}

#[tokio::test]
async fn who_has_signed_out_is_told_of_no_changes() {
    let app = TestApp::start().await;
    let (leaves, stays) = (Grace::in_front_of(&app).await, Grace::in_front_of(&app).await);
    let watch = async |grace: &Grace<'_>| {
        let call = Call::get("/api/v1/events").header("cookie", &grace.cookie);
        Reading::of(app.open(call).await)
    };
    let (mut of_leaves, mut of_stays) = (watch(&leaves).await, watch(&stays).await);
    press(&leaves, "/", "/sign-out", &[]).await;
    assert!(of_leaves.next().await.is_none());
    FakeMac::new(1, healthy_mac()).enroll(&app).await;
    assert_eq!(of_stays.next().await.unwrap().name, "device");
}

#[tokio::test]
async fn an_action_is_called_back_while_its_mac_has_not_begun() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    let page = format!("/actions/{}", action["id"].as_str().unwrap());
    let address = format!("{page}/cancel");
    let answer = press(&grace, &page, &address, &[]).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.headers["location"].to_str().unwrap()
        ),
        (303, &*page)
    );
    let shown = grace.read(&page).await;
    assert!(shown.contains("It was called back") && !shown.contains("Cancel action"));
    let audit = app.get("/api/v1/audit").await.expect(200);
    assert_eq!(audit["items"][0]["verb"], "action.cancelled");
    assert_eq!(audit["items"][0]["actor"], "person:grace");
}

#[tokio::test]
async fn what_has_begun_is_not_called_back_and_the_page_says_why() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    let page = format!("/actions/{}", action["id"].as_str().unwrap());
    let fields = grace.hidden(&page).await;
    mac.start(&app, &action["id"]).await.expect(200);
    let answer = grace.send(&format!("{page}/cancel"), &fields).await;
    assert_eq!(answer.status, 409);
    for text in [
        "The action can no longer be cancelled",
        "Its Mac has begun",
        "running",
    ] {
        assert!(answer.text.contains(text), "{text}");
    }
    assert!(!grace.read(&page).await.contains("Cancel action"));
    assert_eq!(
        app.get(format!("/api/v1{page}")).await.expect(200)["state"],
        "running"
    );
}

#[tokio::test]
async fn a_pending_device_is_approved_by_who_has_compared() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let mac = app.enrolled(before.reinstalled(9)).await;
    let page = format!("/devices/{}", mac.id());
    let address = format!("{page}/approve");
    let shown = grace.read(&page).await;
    for text in [
        "Waits for approval",
        "SERIAL1",
        "00000000-0000-4000-8000-000000000001",
        &mac.identity.sealing_key.fingerprint(),
        "It takes the place of",
        &format!("href=\"/devices/{}\"", before.id()),
        "bestow-agent status",
    ] {
        assert!(shown.contains(text), "{text}");
    }
    assert!(
        !shown.contains("<summary>Actions</summary>"),
        "nothing can be asked of it"
    );

    let hasty = press(&grace, &page, &address, &[]).await;
    assert_eq!(hasty.status, 422);
    assert!(hasty.text.contains("id=\"compared-error\""), "{}", hasty.text);
    assert_eq!(
        app.get(format!("/api/v1{page}")).await.expect(200)["pending"],
        true
    );

    let answer = press(&grace, &page, &address, &[("compared", "true")]).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.headers["location"].to_str().unwrap()
        ),
        (303, &*page)
    );
    let shown = grace.read(&page).await;
    assert!(!shown.contains("Waits for approval") && shown.contains("<summary>Actions</summary>"));
    assert_eq!(grace.open(&format!("/devices/{}", before.id())).await.status, 404);
}

#[tokio::test]
async fn a_button_of_another_site_or_another_session_does_nothing() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let other = Grace::in_front_of(&app).await;
    let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&before).await;
    let pending = app.enrolled(before.reinstalled(9)).await;
    let action = format!("/actions/{}", action["id"].as_str().unwrap());
    let device = format!("/devices/{}", pending.id());
    for (page, address) in [
        ("/", "/sign-out".to_owned()),
        (&action, format!("{action}/cancel")),
        (&device, format!("{device}/approve")),
    ] {
        let mut fields = other.hidden(page).await;
        fields.push(("compared".to_owned(), "true".to_owned()));
        let answer = grace.send(&address, &fields).await;
        assert_eq!(answer.status, 403, "{address}");
        assert!(
            answer.text.contains("This page belongs to another session"),
            "{address}"
        );
        assert_eq!(grace.send(&address, &[]).await.status, 403, "{address}");
        let stranger = app.send(Call::post(&address).form(&fields)).await;
        assert_eq!(stranger.status, 401, "{address}");
    }
    assert_eq!(grace.open("/").await.status, 200);
    assert_eq!(
        app.get(format!("/api/v1{action}")).await.expect(200)["state"],
        json!("queued")
    );
    assert_eq!(
        app.get(format!("/api/v1{device}")).await.expect(200)["pending"],
        true
    );
}

#[tokio::test]
async fn a_policy_is_turned_on_and_off_by_its_button() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let action = "/policies/promote-administrators";
    for (enabled, word) in [("true", "on"), ("false", "off")] {
        let fields = [("enabled", enabled), ("reason", "as agreed")];
        let answer = press(&grace, "/policies", action, &fields).await;
        assert_eq!(answer.status, 303);
        let page = grace.open("/policies").await.text;
        assert!(page.contains(&format!(">{word}</span>")), "{page}");
        let audit = app.get("/api/v1/audit").await.expect(200);
        assert_eq!(audit["items"][0]["detail"], word);
        assert_eq!(audit["items"][0]["reason"], "as agreed");
    }
    let answer = press(&grace, "/policies", action, &[("enabled", "perhaps")]).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn what_is_wrong_with_the_policy_of_service_accounts_is_told_at_its_field() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let (page, action) = ("/policies", "/policies/service-account");
    let many: Vec<String> = (0..=100).map(|number| format!("account{number}")).collect();
    for (days, excluded, field) in [
        ("0", "guest", "rotate_every_days"),
        ("soon", "guest", "rotate_every_days"),
        ("30", "guest, a/b", "excluded_accounts"),
        ("30", &many.join(", "), "excluded_accounts"),
    ] {
        let fields = [
            ("enabled", "false"),
            ("rotate_every_days", days),
            ("excluded_accounts", excluded),
            ("reason", "as agreed"),
        ];
        let answer = press(&grace, page, action, &fields).await;
        assert_eq!(answer.status, 422, "{days} {excluded}");
        assert!(
            answer.text.contains(&format!("id=\"{field}-error\"")),
            "{field}: {}",
            answer.text
        );
        for kept in [
            "Nothing was saved.",
            "value=\"as agreed\"",
            &format!("value=\"{days}\""),
        ] {
            assert!(answer.text.contains(kept), "{kept}");
        }
        assert!(answer.text.contains("<option value=\"false\" selected>"));
    }
    let policy = app.get("/api/v1/policies/service-account").await.expect(200);
    assert_eq!(policy["enabled"], true, "nothing was saved");
    let fields = [
        ("enabled", "false"),
        ("rotate_every_days", "30"),
        ("excluded_accounts", "guest"),
    ];
    assert_eq!(press(&grace, page, action, &fields).await.status, 303);
}
