//! The page of a recovery key, and the one on which it is shown.

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const OTHER_KEY: &str = "ZYXW-9876-VUTR-5432-QPNM-LKJH";

#[tokio::test]
async fn a_key_is_shown_on_the_page_that_answers_and_on_no_other() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let device = format!("/devices/{}", mac.id());
    let page = format!("{device}/recovery-key");
    assert!(
        !grace.read(&device).await.contains(&page),
        "there is nothing to see there yet"
    );
    mac.escrow_key(&app, 1, OTHER_KEY).await;
    mac.escrow_key(&app, 2, KEY).await;
    assert!(grace.read(&device).await.contains(&format!("href=\"{page}\"")));
    let before = grace.read(&page).await;
    for text in ["Show the recovery key", "another one came", "(current)", "nobody"] {
        assert!(before.contains(text), "{text}: {before}");
    }

    let answer = grace
        .fill_in(&mac, "recovery-key", &[("reason", "locked out")])
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["cache-control"], "no-store");
    let shown = answer.text;
    for text in [
        KEY,
        "Alfa, Bravo, Charlie, Delta",
        "The Mac is to have another one",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(!shown.contains(OTHER_KEY));
    for place in [&page, &device] {
        let after = grace.read(place).await;
        assert!(!after.contains(KEY), "{place}");
    }
    assert!(grace.read(&page).await.contains("grace"), "who has seen it");
}

#[tokio::test]
async fn without_a_reason_the_form_says_so_and_shows_nothing() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let answer = grace.fill_in(&mac, "recovery-key", &[("reason", "  ")]).await;
    let shown = answer.text;
    assert!(
        shown.contains("The reason is a text of 1 to 500 characters."),
        "{shown}"
    );
    assert!(!shown.contains(KEY));
}
