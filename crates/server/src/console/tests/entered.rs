//! Recovery Lock and firmware passwords in the console.

use serde_json::json;

use super::grace::Grace;
use crate::testing::{Call, FakeMac, TestApp, healthy_mac};

const VALUE: &str = "{planted} 7";

#[tokio::test]
async fn a_password_is_entered_on_a_form_and_shown_on_its_line() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let device = grace.read(&format!("/devices/{}", mac.id())).await;
    let form = "/vault/enter?serial_number=SERIAL1";
    assert!(device.contains(&format!("href=\"{form}\"")), "{device}");
    assert!(grace.read(form).await.contains("value=\"SERIAL1\""));
    let send = async |fields: &[(&str, &str)]| {
        let mut filled = grace.hidden(form).await;
        filled.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        app.send(
            Call::post("/vault/enter")
                .header("cookie", &grace.cookie)
                .form(&filled),
        )
        .await
    };
    let kind = ("kind", "recovery_lock");
    let again = ("value_again", VALUE);
    let wrong = send(&[("serial_number", "SERIAL 1"), kind, ("value", VALUE), again]).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("without blanks and slashes"),
        "{}",
        wrong.text
    );
    assert!(
        !wrong.text.contains("planted"),
        "a password is never filled in again"
    );
    let empty = send(&[("serial_number", "SERIAL1"), kind, ("value", "")]).await;
    assert!(
        empty.text.contains("It is a text of 1 to 255 bytes"),
        "{}",
        empty.text
    );

    for slip in [("value_again", "{planted} 8"), ("value_again", "")] {
        let slip = send(&[("serial_number", "SERIAL1"), kind, ("value", VALUE), slip]).await;
        assert_eq!(slip.status, 422);
        assert!(
            slip.text.contains("It is typed as above: type both again."),
            "{}",
            slip.text
        );
        assert!(!slip.text.contains("planted"), "{}", slip.text);
    }
    let kept = send(&[("serial_number", "serial1"), kind, ("value", VALUE), again]).await;
    assert_eq!(kept.status, 303, "{}", kept.text);
    let line = "/vault/SERIAL1/recovery_lock";
    assert_eq!(kept.headers["location"], format!("{line}?entered=true"));
    let page = grace.read(line).await;
    for text in [
        "Recovery Lock password of SERIAL1",
        "entered by a person",
        "Enter another one",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(
        !page.contains("planted") && !page.contains("an hour later"),
        "{page}"
    );
    let filled = [("reason".to_owned(), "ticket 4711".to_owned())];
    let mut fields = grace.hidden(line).await;
    fields.extend(filled);
    let shown = app
        .send(Call::post(line).header("cookie", &grace.cookie).form(&fields))
        .await;
    assert!(
        shown.text.contains(VALUE) && shown.text.contains("Bestow does not change it"),
        "{}",
        shown.text
    );
    assert!(!grace.read(line).await.contains("planted"));
    assert!(grace.read(&format!("/devices/{}", mac.id())).await.contains(line));
}

#[tokio::test]
async fn a_table_is_looked_at_and_then_kept() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let send = async |ticked: &[&str], table: &str| {
        let mut fields = grace.hidden("/vault/import").await;
        fields.extend(ticked.iter().map(|name| ((*name).to_owned(), "true".to_owned())));
        let call = Call::post("/vault/import").header("cookie", &grace.cookie);
        app.send(call.upload(&fields, table)).await
    };
    let table = "serial_number,kind,value\nSERIAL1,firmware_password,planted\n";
    let preview = send(&["check"], table).await.text;
    assert!(
        preview.contains("Nothing has been imported yet.") && preview.contains("1 password is new."),
        "{preview}"
    );
    let line = "/api/v1/vault/lines/SERIAL1/firmware_password";
    app.get(line).await.expect_problem(404, "no_vault_line");
    let done = send(&[], table).await.text;
    assert!(done.contains("Imported. ") && !done.contains("planted"), "{done}");
    let body = json!({ "reason": "ticket 4711" });
    let shown = app.post(format!("{line}/reveal"), &body).await.expect(200);
    assert_eq!(shown["secret"], "planted");
    let bad = send(&[], "SERIAL1,firmware_password,planted\n").await;
    assert_eq!(bad.status, 422);
    assert!(
        bad.text.contains("Nothing was imported.") && !bad.text.contains("planted"),
        "{}",
        bad.text
    );
}
