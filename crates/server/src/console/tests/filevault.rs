//! The page on which it is said what the FileVault profile asks.

use super::grace::Grace;
use crate::testing::TestApp;

const PAGE: &str = "/policies/filevault";

/// The form of the page, filled in.
async fn filled_in(grace: &Grace<'_>, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form = grace.hidden(PAGE).await;
    form.extend(
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    form
}

#[tokio::test]
async fn what_is_ticked_is_wanted_and_what_is_not_is_not() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    assert!(
        grace
            .read("/policies")
            .await
            .contains(&format!("href=\"{PAGE}/profile\""))
    );
    let form = filled_in(
        &grace,
        &[
            ("location", "Example Ltd keeps it"),
            ("turn_on", "true"),
            ("bypasses", "0"),
        ],
    )
    .await;
    assert_eq!(grace.send(PAGE, &form).await.status, 303);
    let policy = app.get("/api/v1/policies/filevault").await.expect(200);
    assert_eq!(
        (&policy["turn_on"], &policy["bypasses"]),
        (&true.into(), &0.into())
    );
    assert_eq!(policy["location"], "Example Ltd keeps it");
    let form = filled_in(&grace, &[("location", "Example Ltd keeps it"), ("bypasses", "0")]).await;
    assert_eq!(grace.send(PAGE, &form).await.status, 303);
    let policy = app.get("/api/v1/policies/filevault").await.expect(200);
    assert_eq!(policy["turn_on"], false);
    let profile = app.get("/api/v1/policies/filevault/profile").await;
    assert!(profile.text.contains("Example Ltd keeps it"), "{}", profile.text);
}

#[tokio::test]
async fn what_contradicts_itself_comes_back_as_it_was_filled_in() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let fields = [
        ("location", "Kept here"),
        ("turn_on", "true"),
        ("prevent_turning_on", "true"),
        ("bypasses", "often"),
    ];
    let answer = grace.send(PAGE, &filled_in(&grace, &fields).await).await;
    assert_eq!(answer.status, 422);
    for text in [
        "Untick one of the two",
        "Enter a whole number from 0 to 9999",
        "value=\"Kept here\"",
        "value=\"often\"",
    ] {
        assert!(answer.text.contains(text), "{text}: {}", answer.text);
    }
    let policy = app.get("/api/v1/policies/filevault").await.expect(200);
    assert_eq!(policy["changed_at"], serde_json::Value::Null);
}
