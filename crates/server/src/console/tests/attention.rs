//! The list of Macs that need attention, from its counts to the cure.

use std::time::Duration;

use trust::fact::Fact;
use trust::observation::{LoginPlugin, Observation, TokenLabel};
use trust::time::Timestamp;

use super::grace::Grace;
use crate::testing::{
    FakeMac, TestApp, account, healthy_mac, mac_with, mac_without_holders, service_account_seen,
    with_service_account,
};

const LONG: Duration = Duration::from_secs(11 * 24 * 60 * 60);

fn without_service_account() -> Observation {
    let ada = account("ada", 501, true, TokenLabel::Enabled);
    let sam = account("sam", 502, false, TokenLabel::Enabled);
    let mut seen = with_service_account(mac_with(vec![ada, sam]), service_account_seen());
    seen.login_plugin = Fact::known(LoginPlugin::Registered, Timestamp(1), "test");
    seen
}

#[tokio::test]
async fn nothing_waits_for_a_person_until_a_mac_is_old_enough() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    let page = grace.read("/needs-attention").await;
    for text in [
        "No Mac needs a person now.",
        "Nothing waits for a person.",
        "1 not older than 10 days",
        "href=\"/needs-attention\" aria-current=\"page\"",
    ] {
        assert!(page.contains(text), "{text} is missing in {page}");
    }
    app.clock.advance(LONG);
    let grace = Grace::in_front_of(&app).await;
    let page = grace.read("/needs-attention").await;
    assert!(
        page.contains("1 Mac needs a person.") && page.contains(">Mac 1</a>"),
        "{page}"
    );
}

#[tokio::test]
async fn each_mac_has_its_cure_as_one_click() {
    let app = TestApp::start().await;
    let broken = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    let missing = app.enrolled(FakeMac::new(2, without_service_account())).await;
    let grant = app.enrolled(FakeMac::new(3, healthy_mac())).await;
    app.clock.advance(LONG);
    let grace = Grace::in_front_of(&app).await;
    let page = grace.read("/needs-attention").await;
    for text in [
        format!("href=\"/devices/{}/recovery\"", broken.id()),
        "It comes into order when ada logs in at the Mac.".to_owned(),
        format!("href=\"/devices/{}/admin-list\">View admin list", missing.id()),
        format!(
            "href=\"/devices/{}/create-service-account?administrator=ada\"",
            missing.id()
        ),
        format!(
            "/devices/{}/grant-secure-token?administrator=ada&amp;target=bob",
            grant.id()
        ),
    ] {
        assert!(page.contains(&text), "{text} is missing in {page}");
    }
    assert_eq!(page.matches("View admin list").count(), 2);
    let to_broken = format!("/devices/{}/admin-list", broken.id());
    assert!(!page.contains(&to_broken), "nobody on it holds");
    let list = grace.read(&format!("/devices/{}/admin-list", missing.id())).await;
    assert!(list.contains(">ada<") && !list.contains(">sam<"), "{list}");

    for (query, listed) in [
        ("?turn=named_person", [false, true, false]),
        ("?remedy=console", [false, false, true]),
        ("?reason=chain_broken", [true, false, false]),
        ("?q=mac+3", [false, false, true]),
        ("?owner=nobody", [false, false, false]),
    ] {
        let page = grace.read(&format!("/needs-attention{query}")).await;
        let found = [1, 2, 3].map(|number| page.contains(&format!(">Mac {number}</a>")));
        assert_eq!(found, listed, "{query}");
    }
}

#[tokio::test]
async fn a_mac_is_muted_assigned_and_unmuted_on_its_page() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    app.clock.advance(LONG);
    let grace = Grace::in_front_of(&app).await;
    let device = format!("/devices/{}", mac.id());
    let send = async |form: &str, filled: &[(&str, &str)]| {
        let mut fields = grace.hidden(&device).await;
        let filled = filled.iter();
        fields.extend(filled.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        grace.send(&format!("{device}/{form}"), &fields).await
    };
    assert_eq!(send("owner", &[("owner", "Grace")]).await.status, 303);
    let page = grace.read("/needs-attention?owner=Grace").await;
    assert!(page.contains(">Mac 1</a>"), "{page}");
    assert_eq!(
        send("mute", &[("days", "7"), ("code", ""), ("reason", "")])
            .await
            .status,
        400
    );
    assert_eq!(
        send("mute", &[("days", "7"), ("code", ""), ("reason", "lent out")])
            .await
            .status,
        303
    );
    let page = grace.read("/needs-attention").await;
    assert!(
        !page.contains(">Mac 1</a>") && page.contains("Muted <strong>1</strong>"),
        "{page}"
    );
    let muted = grace.read("/needs-attention?muted=true").await;
    assert!(muted.contains(">Mac 1</a>"), "{muted}");
    let page = grace.read(&device).await;
    assert!(
        page.contains("lent out") && page.contains("Unmute: The whole Mac"),
        "{page}"
    );
    assert_eq!(send("unmute", &[("code", "")]).await.status, 303);
    assert!(grace.read("/needs-attention").await.contains(">Mac 1</a>"));
}

#[tokio::test]
async fn the_days_are_set_among_the_policies() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    app.clock.advance(Duration::from_secs(1));
    let send = async |days: &str| {
        let mut fields = grace.hidden("/policies").await;
        fields.push(("needs_attention_after_days".to_owned(), days.to_owned()));
        grace.send("/policies/needs-attention", &fields).await
    };
    assert_eq!(send("366").await.status, 400);
    assert_eq!(send("0").await.status, 303);
    assert!(grace.read("/needs-attention").await.contains(">Mac 1</a>"));
}
