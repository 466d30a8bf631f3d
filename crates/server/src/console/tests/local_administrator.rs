//! The page of a local administrator, and the policy.

use std::time::Duration;

use axum::http::Method;
use serde_json::json;
use trust::code::Code;
use trust::escrow::EscrowKind;
use trust::service_account::DeedKind;

use super::grace::Grace;
use crate::clock::Clock as _;
use crate::local_administrator::tests::deed;
use crate::testing::{Call, FakeMac, TestApp, healthy_mac};

const PASSWORD: &str = "aB2dEf3hJk4mNp5rSt6v";
const KIND: EscrowKind = EscrowKind::LocalAdministratorPassword;

#[tokio::test]
async fn a_password_is_shown_on_the_page_that_answers_and_on_no_other() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let device = format!("/devices/{}", mac.id());
    let page = format!("{device}/local-administrator");
    assert!(
        !grace.read(&device).await.contains(&page),
        "there is nothing to see there yet"
    );
    let told = mac
        .sealed_as(&app, 1, KIND, PASSWORD, Some(app.clock.now()))
        .await;
    mac.tell_vault(&app, 1, KIND, told).await.expect(200);
    assert!(grace.read(&device).await.contains(&format!("href=\"{page}\"")));
    let before = grace.read(&page).await;
    assert!(
        before.contains("Show the password") && !before.contains(PASSWORD),
        "{before}"
    );

    let empty = grace
        .fill_in(&mac, "local-administrator", &[("reason", " ")])
        .await;
    assert!(!empty.text.contains(PASSWORD));
    let answer = grace
        .fill_in(&mac, "local-administrator", &[("reason", "the printer")])
        .await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    for text in [
        PASSWORD,
        "alfa, capital Bravo, two, delta",
        "is to have another one after",
    ] {
        assert!(answer.text.contains(text), "{text}: {}", answer.text);
    }
    let device_page = grace.read(&device).await;
    for event in ["escrowed", "proved", "revealed"] {
        let told = format!("Local administrator&#39;s password: {event}");
        let plain = format!("Local administrator's password: {event}");
        assert!(
            device_page.contains(&told) || device_page.contains(&plain),
            "{event}"
        );
    }
    for place in [&page, &device] {
        assert!(!grace.read(place).await.contains(PASSWORD), "{place}");
    }
}

#[tokio::test]
async fn that_it_could_not_be_made_is_told_with_the_next_step_and_not_for_longer_than_it_is_so() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let wanted = Call::new(Method::PUT, "/api/v1/policies/local-administrator")
        .bearer(&app.token)
        .key(&app.fresh_key())
        .json(&json!({ "wanted": true, "account": "localadmin" }));
    app.send(wanted).await.expect(200);
    let (make, code) = (DeedKind::MakeLocalAdministrator, Code::LocalAdministratorNotMade);
    mac.check_in_having_done(&app, deed(1, make, code, app.clock.now()))
        .await;
    let device = format!("/devices/{}", mac.id());
    let page = format!("{device}/local-administrator");
    assert!(grace.read(&device).await.contains(&format!("href=\"{page}\"")));
    let next_step = "choose another length or alphabet then";
    for place in [&page, &device] {
        let text = grace.read(place).await;
        for told in [code.entry().title, next_step, "localadmin"] {
            assert!(text.contains(told), "{place}: {told}: {text}");
        }
    }
    let text = grace.read(&page).await;
    assert!(text.contains("no password of 20 characters has 30"), "{text}");
    assert!(
        text.contains("or at once when other settings are wanted"),
        "{text}"
    );

    app.advance(Duration::from_mins(1));
    let made = deed(2, make, Code::LocalAdministratorMade, app.clock.now());
    mac.check_in_having_done(&app, made).await;
    for place in [&page, &device] {
        assert!(!grace.read(place).await.contains(next_step), "{place}");
    }
}
