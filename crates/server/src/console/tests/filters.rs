//! Lists that are narrowed down.

use serde_json::Value;
use trust::code::Code;

use super::grace::Grace;
use crate::clock::Clock as _;
use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders, old_mac, only_standard_holder};

/// Four Macs: one that can grant, one whose chain is broken, one with a standard holder only, one without tokens.
async fn fleet(app: &TestApp) -> Vec<FakeMac> {
    let mut macs = Vec::new();
    for (number, seen) in [
        (1, healthy_mac()),
        (2, mac_without_holders()),
        (3, only_standard_holder()),
        (4, old_mac()),
    ] {
        macs.push(app.enrolled(FakeMac::new(number, seen)).await);
    }
    FakeMac::new(5, healthy_mac()).enroll(app).await;
    macs
}

/// The numbers of the Macs that a page lists.
async fn listed(grace: &Grace<'_>, path: &str) -> Vec<u32> {
    let page = grace.read(path).await;
    (1..=5)
        .filter(|number| page.contains(&format!(">Mac {number}</a>")))
        .collect()
}

#[tokio::test]
async fn devices_are_found_by_chain_by_finding_and_by_both() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    fleet(&app).await;
    for (path, expected) in [
        ("/", &[1, 2, 3, 4, 5][..]),
        ("/?q=&state=&finding=", &[1, 2, 3, 4, 5]),
        ("/?state=can_grant", &[1]),
        ("/?state=broken", &[2]),
        ("/?state=only_standard_holders", &[3]),
        ("/?state=no_tokens", &[4]),
        ("/?state=not_observed", &[5]),
        ("/?finding=chain_broken", &[2]),
        ("/?finding=missing_from_start_up_screen", &[1, 2, 3]),
        ("/?finding=os_too_old", &[4]),
        ("/?state=broken&finding=missing_from_start_up_screen", &[2]),
        ("/?q=mac+3&finding=missing_from_start_up_screen", &[3]),
        ("/?q=serial3&state=only_standard_holders&finding=no_granter", &[3]),
    ] {
        assert_eq!(listed(&grace, path).await, expected, "{path}");
    }
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_so_and_keeps_what_was_asked() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    fleet(&app).await;
    let page = grace
        .read("/?q=nobody&state=broken&finding=chain_broken&for=grant-secure-token")
        .await;
    for text in [
        "No Mac matches.",
        "href=\"/?for=grant-secure-token\">Show all",
        "value=\"nobody\"",
        "value=\"broken\" selected",
        "value=\"chain_broken\" selected",
        "Choose the Mac for",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[tokio::test]
async fn every_finding_of_the_catalogue_can_be_searched_for() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    fleet(&app).await;
    let page = grace.read("/").await;
    for code in trust::finding::Finding::codes() {
        assert!(page.contains(&format!("<option value=\"{code}\"")), "{code}");
        grace.read(&format!("/?finding={code}")).await;
    }
}

#[tokio::test]
async fn a_long_list_goes_on_with_what_was_asked() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for number in 1..=101 {
        FakeMac::new(number, healthy_mac()).enroll(&app).await;
    }
    let page = grace.read("/?state=not_observed").await;
    let more = page
        .split("href=\"/?state=not_observed&amp;cursor=")
        .nth(1)
        .unwrap();
    let cursor = more.split('"').next().unwrap();
    let rest = grace.read(&format!("/?state=not_observed&cursor={cursor}")).await;
    assert!(page.contains("More devices") && !rest.contains("More devices"));
    assert_eq!(rest.matches("scope=\"row\"").count(), 1);
}

#[tokio::test]
async fn remote_actions_are_found_by_category() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for path in [
        "/remote-actions",
        "/remote-actions?category=",
        "/remote-actions?category=Policies+%26+Accounts",
    ] {
        let page = grace.read(path).await;
        for text in [
            "Policies &amp; Accounts",
            "Grant Secure Token",
            "Create User Account",
            "href=\"/?for=grant-secure-token\"",
        ] {
            assert!(page.contains(text), "{path}: {text}");
        }
    }
    let none = grace.read("/remote-actions?category=Gardening").await;
    assert!(none.contains("No action stands in this category.") && !none.contains("Choose a Mac"));
}

#[tokio::test]
async fn history_shows_what_was_asked_by_state() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    assert!(
        grace
            .read("/actions")
            .await
            .contains("Nothing has been asked of any Mac yet.")
    );
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let done = app.grant(&mac).await;
    mac.report(&app, &done["id"], mac.granted(app.clock.now()))
        .await
        .expect(200);
    let waiting = app.grant(&mac).await;
    let link = |action: &Value| format!("href=\"/actions/{}\"", action["id"].as_str().unwrap());
    for (path, shown) in [
        ("/actions", [true, true]),
        ("/actions?state=", [true, true]),
        ("/actions?state=succeeded", [true, false]),
        ("/actions?state=queued", [false, true]),
        ("/actions?state=failed", [false, false]),
    ] {
        let page = grace.read(path).await;
        let found = [&done, &waiting].map(|action| page.contains(&link(action)));
        assert_eq!(found, shown, "{path}");
        assert_eq!(
            page.contains("No action matches."),
            shown == [false, false],
            "{path}"
        );
    }
    let page = grace.read("/actions?state=succeeded").await;
    assert!(page.contains(Code::Granted.entry().title) && page.contains("Mac 1"));
}
