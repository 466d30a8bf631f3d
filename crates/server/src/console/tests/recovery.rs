//! The page with the ways back.

use trust::fact::Fact;
use trust::observation::{CryptoUser, CryptoUserKind, Observation};
use trust::time::Timestamp;

use super::grace::Grace;
use crate::testing::{Call, FakeMac, TestApp, healthy_mac, mac_without_holders, only_standard_holder};

fn seen<T>(value: T) -> Fact<T> {
    Fact::known(value, Timestamp(1_770_000_000_000), "test")
}

/// Apple silicon, FileVault on, nobody holds a token; both recovery keys are there.
fn broken() -> Observation {
    let mut observation = mac_without_holders();
    let key = |uuid: &str, kind| CryptoUser {
        uuid: uuid.to_owned(),
        kind,
        volume_owner: None,
    };
    observation.crypto_users = seen(vec![
        key("1", CryptoUserKind::PersonalRecovery),
        key("2", CryptoUserKind::InstitutionalRecovery),
    ]);
    observation.security.personal_recovery_key = seen(true);
    observation.security.institutional_recovery_key = seen(true);
    observation
}

#[tokio::test]
async fn a_broken_chain_leads_from_its_finding_to_the_steps() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, broken())).await;
    let path = format!("/devices/{}/recovery", mac.id());
    let device = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(
        device.contains(&format!("href=\"{path}\"")),
        "the finding does not lead there"
    );

    let page = grace.read(&path).await;
    for text in [
        "Nobody on this Mac holds a Secure Token that works.",
        "The personal recovery key",
        "“Loading startup options”",
        "<dt>Erases the Mac</dt><dd>no, everything stays</dd>",
        "<dt>Recovery key</dt><dd>the personal one is needed</dd>",
        "<dt>Over screen sharing</dt><dd>not possible</dd>",
        "<code>resetFileVaultpassword</code>",
        "each of them needs a new password: ada, bob",
        "<h2 id=\"closed-ways\">Closed ways</h2>",
        "A Mac with Apple silicon cannot use an institutional recovery key",
        "Everything on the Mac is lost.",
        "id=\"recovery\" data-live",
    ] {
        assert!(page.contains(text), "{text} is missing in {page}");
    }
    let key = page.find("The personal recovery key").unwrap();
    let erase = page.find("Erase the Mac and set it up anew").unwrap();
    let closed = page.find("Closed ways").unwrap();
    assert!(key < erase && erase < closed, "the ways stand in another order");
}

#[tokio::test]
async fn a_standard_holder_is_one_form_away() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, only_standard_holder())).await;
    let device = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(device.contains("Show the ways back"), "{device}");
    let page = grace.read(&format!("/devices/{}/recovery", mac.id())).await;
    let form = format!(
        "/devices/{}/grant-secure-token?administrator=carol&amp;target=ada",
        mac.id()
    );
    assert!(page.contains(&form), "{page}");
}

#[tokio::test]
async fn a_mac_that_needs_none_or_has_not_told_says_so() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let page = grace.read(&format!("/devices/{}/recovery", mac.id())).await;
    assert!(
        page.contains("This Mac needs no way back.") && !page.contains("Closed ways"),
        "{page}"
    );
    let device = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(!device.contains("Show the ways back"), "{device}");
    let mut unseen = FakeMac::new(2, healthy_mac());
    unseen.enroll(&app).await;
    let page = grace.read(&format!("/devices/{}/recovery", unseen.id())).await;
    assert!(page.contains("Its agent has not told yet."), "{page}");
}

#[tokio::test]
async fn what_a_mac_tells_is_text_on_this_page_too() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut observation = broken();
    let Fact::Known { value: accounts, .. } = &mut observation.accounts else {
        panic!("{:?}", observation.accounts)
    };
    accounts[0].record_name = "<b>ada</b>".to_owned();
    let mac = app.enrolled(FakeMac::new(1, observation)).await;
    let page = grace.read(&format!("/devices/{}/recovery", mac.id())).await;
    assert!(
        page.contains("&lt;b&gt;ada&lt;/b&gt;") && !page.contains("<b>ada"),
        "{page}"
    );
}

#[tokio::test]
async fn the_person_at_the_mac_gets_a_page_of_the_steps_alone() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, broken())).await;
    let ways = format!("/devices/{}/recovery", mac.id());
    let mut fields = grace.hidden(&ways).await;
    fields.push(("way".to_owned(), "personal_recovery_key".to_owned()));
    let made = grace.send(&format!("{ways}/link"), &fields).await;
    assert_eq!(made.status, 200, "{}", made.text);
    assert!(
        made.text.contains("<svg class=\"qr\" role=\"img\""),
        "{}",
        made.text
    );
    let address = made.text.split("id=\"one-time-link\">").nth(1).unwrap();
    let address = address.split('<').next().unwrap().to_owned();
    let path = &address[address.find("/recovery/").unwrap()..];

    let page = app.send(Call::get(path)).await;
    assert_eq!(page.status, 200);
    for text in [
        "Bring this Mac back",
        "serial number <strong class=\"mono\">SERIAL1</strong>",
        "<h2 id=\"needs\">Have this ready</h2>",
        "Press and hold the power button until “Loading startup options” appears, then let go.",
        "each of them needs a new password: ada, bob",
        "<code>resetFileVaultpassword</code>",
        "It does not work by screen sharing.",
        "Stop. Leave the Mac as it is",
        "Do not write the recovery key",
        "<svg class=\"qr\"",
    ] {
        assert!(page.text.contains(text), "{text} is missing in {}", page.text);
    }
    for text in ["<nav", "Sign out", "Closed ways", "Not known"] {
        assert!(!page.text.contains(text), "{text} stands in {}", page.text);
    }

    let until = page.text.split("data-until=\"").nth(1).unwrap();
    assert!(until.contains(">2 days</span>"), "{until}");
    let watching = grace.read(&ways).await;
    assert!(watching.contains("The page was opened."), "{watching}");
    assert!(watching.contains("opens for <span data-until="), "{watching}");
    assert!(watching.contains("aria-current=\"step\""), "{watching}");
    let again = grace.send(&format!("{ways}/link"), &fields).await;
    assert!(again.text.contains("already_revealed"), "{}", again.text);
    let nowhere = app.send(Call::get("/recovery/bestow_recovery_nonsense")).await;
    assert_eq!(nowhere.status, 404);
    assert!(
        nowhere.text.contains("This link cannot be used"),
        "{}",
        nowhere.text
    );
}
