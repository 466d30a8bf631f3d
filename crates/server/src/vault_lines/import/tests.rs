//! Tables of passwords that go into the vault.

use serde_json::{Value, json};

use crate::testing::{Answer, Call, TestApp};

const LINE: &str = "/api/v1/vault/lines/SERIAL1/firmware_password";

async fn import(app: &TestApp, query: &str, table: &str) -> Answer {
    let call = Call::post(format!("/api/v1/vault/import{query}")).bearer(&app.token);
    app.send(call.key(&app.fresh_key()).csv(table)).await
}

async fn shown(app: &TestApp, line: &str, version: u32) -> Value {
    let body = json!({ "reason": "ticket 4711", "version": version });
    app.post(format!("{line}/reveal"), &body).await.expect(200)["secret"].clone()
}

#[tokio::test]
async fn a_table_is_kept_once_with_its_former_values_before_the_one_in_force() {
    let app = TestApp::start().await;
    let table = "serial_number;kind;value;legacy\n\
                 SERIAL1;firmware_password; now ;\n\
                 SERIAL1;firmware_password;then;true\n\
                 SERIAL2;recovery_lock;{brace};no\n";
    let dry = import(&app, "?dry_run=true", table).await.expect(200);
    assert_eq!((&dry["entered"], &dry["dry_run"]), (&json!(3), &json!(true)));
    app.get(LINE).await.expect_problem(404, "no_vault_line");
    let done = import(&app, "", table).await.expect(200);
    assert_eq!((&done["entered"], &done["unchanged"]), (&json!(3), &json!(0)));
    let line = app.get(LINE).await.expect(200);
    assert_eq!(
        (&line["state"], &line["escrow"]["version"]),
        (&json!("held"), &json!(2))
    );
    assert_eq!(line["escrow"]["versions"][1]["origin"], "legacy");
    assert_eq!(shown(&app, LINE, 1).await, "then");
    assert_eq!(shown(&app, LINE, 2).await, " now ", "blanks are a part of it");
    let lock = "/api/v1/vault/lines/SERIAL2/recovery_lock";
    assert_eq!(shown(&app, lock, 1).await, "{brace}");
    let again = import(&app, "", table).await.expect(200);
    assert_eq!((&again["entered"], &again["unchanged"]), (&json!(0), &json!(3)));
}

#[tokio::test]
async fn bad_lines_are_named_without_what_stands_in_them_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let table = "serial_number,kind,value,legacy\n\
                 SERIAL1,firmware_password,planted-1,\n\
                 SERIAL1,firmware_password,planted-2,\n\
                 SERIAL2,bootstrap_token,planted-3,\n\
                 SERIAL 3,recovery_lock,planted-4,\n\
                 SERIAL4,recovery_lock,,\n\
                 SERIAL5,recovery_lock,planted-5,planted-6\n\
                 SERIAL6,recovery_lock\n";
    let refused = import(&app, "", table).await;
    let told = refused.expect_problem(422, "import_refused");
    assert!(!told.to_string().contains("planted"), "{told}");
    let named = told["bad_lines"].as_array().unwrap().iter();
    let named: Vec<_> = named
        .map(|bad| (bad["line"].clone(), bad["column"].clone()))
        .collect();
    let expected = [
        (3, json!("serial_number")),
        (4, json!("kind")),
        (5, json!("serial_number")),
        (6, json!("value")),
        (7, json!("legacy")),
        (8, Value::Null),
    ];
    assert_eq!(named, expected.map(|(line, column)| (json!(line), column)));
    app.get(LINE).await.expect_problem(404, "no_vault_line");
    let skipped = import(&app, "?skip_bad_lines=true", table).await.expect(200);
    assert_eq!((&skipped["entered"], &skipped["bad"]), (&json!(1), &json!(6)));
    let headless = import(&app, "", "SERIAL1,firmware_password,planted-7\n").await;
    let told = headless.expect_problem(422, "import_refused");
    assert!(!told.to_string().contains("planted"), "{told}");
}

#[tokio::test]
async fn the_twenty_first_former_value_is_named_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let row = |number: u32| format!("SERIAL1,firmware_password,old-{number},true\n");
    let table = |numbers: std::ops::RangeInclusive<u32>| {
        let rows: String = numbers.map(row).collect();
        format!("serial_number,kind,value,legacy\n{rows}")
    };
    let refused = import(&app, "", &table(1..=21)).await;
    let told = refused.expect_problem(422, "import_refused");
    assert_eq!(told["bad_lines"][0]["line"], 22, "{told}");
    app.get(LINE).await.expect_problem(404, "no_vault_line");
    import(&app, "", &table(1..=20)).await.expect(200);
    import(&app, "", &table(20..=21))
        .await
        .expect_problem(422, "import_refused");
    import(&app, "", &table(1..=20)).await.expect(200);
    let line = app.get(LINE).await.expect(200);
    assert_eq!(line["versions_kept"], 20);
}
