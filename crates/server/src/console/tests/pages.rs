//! Every page as it is read.

use trust::code::Code;
use trust::observation::TokenLabel;

use super::grace::Grace;
use crate::clock::Clock as _;
use crate::testing::{
    Call, FakeMac, TestApp, account, healthy_mac, mac_with, mac_without_holders, old_mac,
    only_standard_holder,
};

#[tokio::test]
async fn the_first_page_shows_every_mac_and_what_its_chain_is_worth() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    assert!(grace.read("/").await.contains("No Mac has enrolled yet."));
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.enrolled(FakeMac::new(2, mac_without_holders())).await;
    let pending = app
        .enrolled(FakeMac::new(3, only_standard_holder()))
        .await
        .reinstalled(9);
    app.enrolled(pending).await;
    let page = grace.read("/").await;
    for text in [
        "Mac 1",
        "can grant",
        "Mac 2",
        "broken",
        "only standard holders",
        "waits for approval",
        "1 of 2",
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    let found = grace.read("/?q=mac+2").await;
    assert!(found.contains("Mac 2") && !found.contains("Mac 1"));
    assert!(grace.read("/?q=nothing").await.contains("No Mac matches."));
}

#[tokio::test]
async fn a_device_shows_accounts_hand_overs_and_actions() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    mac.start(&app, &action["id"]).await.expect(200);
    mac.report(&app, &action["id"], mac.granted(app.clock.now()))
        .await
        .expect(200);
    let page = grace.read(&format!("/devices/{}", mac.id())).await;
    for text in [
        "Device Summary",
        "15.2",
        "24C101",
        "APFS",
        "Apple silicon",
        "Local Accounts",
        "ada",
        "unverified",
        "absent",
        "Hand-overs",
        "Findings",
        "What it can do",
        "Timeline",
        "Grant Secure Token: ada → bob",
        "The account holds a Secure Token",
        &mac.identity.sealing_key.fingerprint(),
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    let shown = grace.read_action(&action).await;
    for text in [
        "succeeded",
        "sysadminctl -secureTokenStatus",
        "unknown until tried",
        "API token administrator",
    ] {
        assert!(shown.contains(text), "{text} is missing");
    }
}

#[tokio::test]
async fn an_action_that_cures_several_findings_is_offered_once() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, only_standard_holder())).await;
    let page = grace.read(&format!("/devices/{}", mac.id())).await;
    let grant = "grant-secure-token?administrator=carol&amp;target=ada&amp;promote_administrator=true";
    assert_eq!(page.matches(grant).count(), 1);
    for text in [
        "It cures as well: An account is missing from the start-up screen: ada",
        "The action above cures this, too.",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[tokio::test]
async fn a_mac_without_secure_tokens_has_no_chain_that_could_be_broken() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, old_mac())).await;
    let page = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(page.contains("so there is no chain to draw.") && page.contains("none on this Mac"));
    assert!(!page.contains("No holder") && !page.contains("the chain is broken"));
}

#[tokio::test]
async fn what_stands_in_the_way_is_told_with_its_cure() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut unseen = FakeMac::new(3, healthy_mac());
    unseen.enroll(&app).await;
    let cases = [
        (
            app.enrolled(FakeMac::new(1, mac_without_holders())).await,
            Code::ChainBroken,
        ),
        (
            app.enrolled(FakeMac::new(2, only_standard_holder())).await,
            Code::NoGranter,
        ),
        (app.enrolled(FakeMac::new(4, old_mac())).await, Code::OsTooOld),
        (unseen, Code::NotObserved),
    ];
    for (mac, code) in cases {
        let page = grace.read(&format!("/devices/{}", mac.id())).await;
        assert!(page.contains(code.entry().title), "{code}");
        assert!(page.contains(&format!("href=\"/codes/{code}\"")), "{code}");
    }
}

#[tokio::test]
async fn a_failed_grant_stands_under_its_heading() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    let outcome = FakeMac::ended(Code::AdministratorWrongPassword, false, app.clock.now());
    mac.report(&app, &action["id"], outcome).await.expect(200);
    assert!(
        grace
            .read_action(&action)
            .await
            .contains("<p class=\"heading\">Authentication Error</p>")
    );
    let list = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(list.contains("Authentication Error: "));
}

#[tokio::test]
async fn what_a_mac_tells_is_text_and_never_markup() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let evil = "<script>alert(1)</script>\"'&";
    let mut ada = account("ada", 501, true, TokenLabel::Enabled);
    ada.real_name = evil.to_owned();
    let mut mac = FakeMac::new(
        1,
        mac_with(vec![ada, account("bob", 502, false, TokenLabel::Disabled)]),
    );
    mac.identity.name = evil.to_owned();
    let mac = app.enrolled(mac).await;
    let action = app.grant(&mac).await;
    let action = format!("/actions/{}", action["id"].as_str().unwrap());
    for path in [
        "/",
        "/?q=%3Cscript%3Ealert",
        &format!("/devices/{}", mac.id()),
        &action,
    ] {
        let page = grace.read(path).await;
        assert!(!page.contains("<script>alert"), "{path}");
        assert!(page.contains("&lt;script&gt;alert"), "{path}");
    }
}

#[tokio::test]
async fn pages_hold_no_inline_script_or_style_and_their_files_exist() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    let action = format!("/actions/{}", action["id"].as_str().unwrap());
    for path in [
        "/",
        &format!("/devices/{}", mac.id()),
        &action,
        "/codes/granted",
        "/sign-in/guess",
    ] {
        let page = grace.open(path).await.text;
        assert!(!page.contains("style=") && !page.contains("<style"), "{path}");
        assert!(
            !page.contains(" onclick") && !page.contains("javascript:"),
            "{path}"
        );
        for script in page.split("<script").skip(1) {
            assert!(
                script.starts_with(" src=\"/assets/") && script.contains("defer></script>"),
                "{path}"
            );
        }
        for file in page.split("\"/assets/").skip(1) {
            let name = file.split('"').next().unwrap();
            let answer = app.send(Call::get(format!("/assets/{name}"))).await;
            assert_eq!(answer.status, 200, "{name}");
            assert_eq!(
                answer.headers["cache-control"],
                "public, max-age=31536000, immutable"
            );
        }
    }
    let gone = app.send(Call::get("/assets/0000000000000000.css")).await;
    gone.expect_problem(404, "not_found");
}

#[tokio::test]
async fn the_script_needs_the_live_parts_that_pages_have() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    for (page, part) in [
        (grace.read("/").await, "devices"),
        (grace.read(&format!("/devices/{}", mac.id())).await, "device"),
        (grace.read_action(&action).await, "action"),
    ] {
        assert!(page.contains(&format!("id=\"{part}\" data-live")), "{part}");
    }
}

#[tokio::test]
async fn every_code_has_a_page_that_everybody_can_read() {
    let app = TestApp::start().await;
    for code in Code::ALL {
        let answer = app.send(Call::get(format!("/codes/{code}"))).await;
        assert_eq!(answer.status, 200, "{code}");
        assert!(answer.text.contains(code.word()), "{code}");
    }
}

#[tokio::test]
async fn a_link_signs_in_once_and_in_time() {
    let app = TestApp::start().await;
    let path = app.setup.sign_in_path("grace").await.unwrap();
    let first = app.send(Call::get(&path)).await;
    assert_eq!(
        (first.status.as_u16(), &first.headers["location"]),
        (303, &"/".parse().unwrap())
    );
    let cookie = first.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(
        app.send(Call::get(&path)).await.status,
        401,
        "a link is good once"
    );
    let late = app.setup.sign_in_path("grace").await.unwrap();
    app.advance(std::time::Duration::from_mins(15));
    assert_eq!(app.send(Call::get(late)).await.status, 401);
}
