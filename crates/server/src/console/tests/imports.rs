//! Importing a table.

use super::grace::Grace;
use crate::testing::{Answer, Call, FakeMac, Person, TestApp, healthy_mac};

const PATH: &str = "/enrolment-data/import";

const TABLE: &str =
    "serial_number;username;full_name;password\nserial1;ada;Ada Lovelace;planted-1\nC02;ben;Ben;\n";

async fn send(app: &TestApp, grace: &Grace<'_>, ticked: &[&str], table: &str) -> Answer {
    let mut fields = grace.hidden(PATH).await;
    fields.extend(ticked.iter().map(|name| ((*name).to_owned(), "true".to_owned())));
    let call = Call::post(PATH).header("cookie", &grace.cookie);
    app.send(call.upload(&fields, table)).await
}

async fn known(app: &TestApp) -> usize {
    let records = app.get("/api/v1/enrolment-records").await.expect(200);
    records["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_table_is_previewed_and_then_imported() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.bind(&Person::new("SERIAL1", "ada")).await;
    let preview = send(&app, &grace, &["check"], TABLE).await;
    assert_eq!(preview.status, 200);
    for text in [
        "What will change",
        "1 new, 1 changed; 1 secret; 1 Mac has not enrolled yet.",
        "full_name, secret.password",
        "Nothing has been imported yet.",
        "Mac 1",
        "Ada Lovelace",
    ] {
        assert!(preview.text.contains(text), "{text}: {}", preview.text);
    }
    assert_eq!(known(&app).await, 1);
    let done = send(&app, &grace, &[], TABLE).await;
    assert_eq!(done.status, 200);
    for text in [
        "Imported. ",
        "1 new, 1 changed; 1 secret",
        "Delete it",
        "To the enrolment data",
    ] {
        assert!(done.text.contains(text), "{text}: {}", done.text);
    }
    assert_eq!(known(&app).await, 2);
    for answer in [preview, done] {
        assert!(!answer.text.contains("planted"));
    }
    let audit = app.get("/api/v1/audit").await.expect(200);
    assert_eq!(audit["items"][0]["actor"], "person:grace");
}

#[tokio::test]
async fn lines_that_cannot_be_taken_are_told_and_passed_over_only_when_asked() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let table = format!("{TABLE}C03;a/b;Planted-2;x\nC02;eve;Eve;\n;;;\n");
    for ticked in [&["check"][..], &[]] {
        let answer = send(&app, &grace, ticked, &table).await;
        for text in [
            "cannot be taken",
            "Line 4",
            "username",
            "It is a record name",
            "an earlier line",
        ] {
            assert!(answer.text.contains(text), "{text}: {}", answer.text);
        }
        assert!(!answer.text.contains("Planted-2"));
        assert_eq!(known(&app).await, 0);
    }
    let some = send(&app, &grace, &["skip_bad_lines"], &table).await;
    assert_eq!(some.status, 200);
    assert!(some.text.contains("2 new") && some.text.contains("3 lines could not be taken."));
    assert_eq!(known(&app).await, 2);
}

#[tokio::test]
async fn what_is_no_table_is_told_in_words() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let wide = ",".repeat(130);
    let long = format!("serial_number\n{}", "A\n".repeat(10_001));
    for (table, text) in [
        ("", "this one is empty"),
        ("planted,planted\na,b\n", "stands in the head"),
        (wide.as_str(), "at most 120 cells"),
        (long.as_str(), "more than 10000 lines"),
    ] {
        let answer = send(&app, &grace, &[], table).await;
        assert_eq!(answer.status, 422);
        assert!(
            answer.text.to_lowercase().contains(text),
            "{text}: {}",
            answer.text
        );
        assert!(!answer.text.contains("planted"));
    }
}

#[tokio::test]
async fn no_other_site_sends_a_table() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut fields = grace.hidden(PATH).await;
    fields[0].1 = "x".to_owned();
    let call = Call::post(PATH).header("cookie", &grace.cookie);
    let answer = app.send(call.clone().upload(&fields, TABLE)).await;
    assert_eq!(answer.status, 403);
    let form = app.send(call.form(&grace.hidden(PATH).await)).await;
    assert_eq!(form.status, 415);
    assert_eq!(
        app.send(Call::post(PATH).upload(&fields, TABLE)).await.status,
        401
    );
    assert_eq!(known(&app).await, 0);
}
