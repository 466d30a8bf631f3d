//! The page What if: it asks the guard, and changes nothing.

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac};

#[tokio::test]
async fn the_page_asks_and_answers_and_leads_to_the_macs() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let empty = grace.read("/what-if").await;
    assert!(empty.contains("An account is deleted") && !empty.contains("of 1 Mac"));
    let unnamed = grace.read("/what-if?kind=delete_account").await;
    assert!(unnamed.contains("Enter the account's username."), "{unnamed}");
    let answered = grace.read("/what-if?kind=delete_account&target=ada").await;
    assert!(
        answered.contains("1 of 1 Mac would lose its last holder"),
        "{answered}"
    );
    assert!(answered.contains(&format!("/devices/{}", mac.id())));
    let by_nobody = grace.read("/what-if?kind=reset_password&target=ada").await;
    assert!(
        by_nobody.contains("Enter who resets the password as well."),
        "{by_nobody}"
    );
    let reset = grace
        .read("/what-if?kind=reset_password&target=ada&administrator=bob")
        .await;
    assert!(reset.contains("1 of 1 Mac would lose its last holder"), "{reset}");
    let none = grace.read("/what-if?kind=uninstall&verdict=cuts").await;
    assert!(none.contains("No Mac is in this group."), "{none}");
}
