//! Forgetting a Mac in the console, and the pages of what is kept of it.

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const LINE: &str = "/vault/SERIAL1/personal_recovery_key";

fn filled(fields: &[(&str, &str)], hidden: Vec<(String, String)>) -> Vec<(String, String)> {
    let fields = fields.iter();
    let fields = fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    hidden.into_iter().chain(fields).collect()
}

#[tokio::test]
async fn a_mac_is_forgotten_by_its_name_and_its_line_is_found_and_shown() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let device = format!("/devices/{}", mac.id());
    assert!(grace.read(&device).await.contains(&format!("{device}/forget")));
    let page = grace.read(&format!("{device}/forget")).await;
    assert!(page.contains("stays for 90 days"), "{page}");
    let unnamed = grace.fill_in(
        &mac,
        "forget",
        &[("confirm_device_name", "mac 1"), ("reason", "sold")],
    );
    let unnamed = unnamed.await.text;
    assert!(unnamed.contains("This is not the name of the Mac"), "{unnamed}");
    assert!(unnamed.contains("value=\"sold\""), "what was filled in stays");
    let silent = grace.fill_in(
        &mac,
        "forget",
        &[("confirm_device_name", "Mac 1"), ("reason", " ")],
    );
    assert!(
        silent
            .await
            .text
            .contains("The reason is a text of 1 to 500 characters.")
    );
    let gone = grace.fill_in(
        &mac,
        "forget",
        &[("confirm_device_name", "Mac 1"), ("reason", "sold")],
    );
    let gone = gone.await;
    assert_eq!(
        (gone.status.as_u16(), gone.headers["location"].to_str().unwrap()),
        (303, "/vault?forgotten=true")
    );

    let list = grace.read("/vault?forgotten=true").await;
    for text in ["The Mac is forgotten.", LINE, "Mac 1", "Recovery key"] {
        assert!(list.contains(text), "{text}: {list}");
    }
    let hidden = grace.hidden(LINE).await;
    let shown = grace
        .send(LINE, &filled(&[("reason", "the buyer asks")], hidden))
        .await;
    assert_eq!(shown.headers["cache-control"], "no-store");
    assert!(shown.text.contains(KEY), "{}", shown.text);
    let after = grace.read(LINE).await;
    assert!(!after.contains(KEY) && after.contains("the Mac was forgotten") && after.contains("sold"));
}

#[tokio::test]
async fn an_owner_sets_and_lifts_a_legal_hold_on_the_page_of_a_line() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let hold = format!("{LINE}/legal-hold");
    let silent = filled(
        &[("held", "true"), ("hold_reason", " ")],
        grace.hidden(LINE).await,
    );
    let refused = grace.send(&hold, &silent).await.text;
    assert!(
        refused.contains("The reason is a text of 1 to 500 characters."),
        "{refused}"
    );
    for (held, button) in [("true", "Lift the legal hold"), ("false", "Set a legal hold")] {
        let fields = filled(
            &[("held", held), ("hold_reason", "case 17")],
            grace.hidden(LINE).await,
        );
        assert_eq!(grace.send(&hold, &fields).await.status, 303);
        let page = grace.read(LINE).await;
        assert!(page.contains(button) && page.contains("case 17"), "{page}");
    }
}
