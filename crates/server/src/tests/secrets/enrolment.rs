//! The ways in of enrolment data: the API, a table, the console, and the page of a person.

use axum::http::Method;
use serde_json::{Value, json};

use super::Planted;
use crate::testing::{Call, TestApp};

/// The Macs that are spoken of: one that has enrolled, and one that has not.
const SERIAL_NUMBERS: [&str; 2] = ["SERIAL1", "LATER"];

/// By every way, well and badly.
pub(super) async fn bring(planted: &mut Planted, app: &TestApp) {
    put(planted, app).await;
    import(planted, app).await;
    follow_a_link(planted, app).await;
    use_the_console(planted, app).await;
    for path in [
        "/api/v1/enrolment-records",
        "/api/v1/enrolment-records/SERIAL1",
        "/enrolment-data",
        "/enrolment-data/SERIAL1",
        "/enrolment-data/LATER",
    ] {
        let shown = planted.send(app, Call::get(path).bearer(&app.token)).await;
        assert!(!shown.to_string().contains("invalid_request"), "{path}");
    }
    let record = app.get("/api/v1/enrolment-records/SERIAL1").await.expect(200);
    assert_eq!(record["secrets"][0]["usable"], true, "something was collected");
}

async fn put(planted: &mut Planted, app: &TestApp) {
    for serial_number in SERIAL_NUMBERS {
        let bodies = [
            json!({ "username": "bob", "secrets": { "password": planted.password(), "pin": planted.password() } }),
            json!({ "username": planted.password(), "secrets": { "password": planted.password() } }),
            json!({ "email": planted.password(), "account": planted.password() }),
            json!({ "attributes": { "pin": planted.password() } }),
            json!({ "attributes": { planted.password(): "x" } }),
            json!({ "secrets": { planted.password(): planted.password() } }),
            json!({ "secrets": planted.password() }),
            json!({ "secrets": { "password": [planted.password()] } }),
            json!({ "password": planted.password() }),
            json!({ "secrets": { "password": planted.password().repeat(100) } }),
        ];
        for mut body in bodies {
            body["not_enrolled"] = json!(true);
            let path = format!("/api/v1/enrolment-records/{serial_number}");
            let call = Call::new(Method::PUT, path)
                .bearer(&app.token)
                .key(&app.fresh_key());
            planted.send(app, call.json(&body)).await;
        }
    }
}

/// Tables, each with passwords: good ones, and such as cannot be taken.
fn tables(planted: &mut Planted) -> Vec<String> {
    let mut cell = || format!("\"{}\"", planted.password().replace('"', "\"\""));
    vec![
        format!(
            "serial_number,username,password\nSERIAL1,bob,{}\nLATER,eve,{}\n",
            cell(),
            cell()
        ),
        format!("serial_number,secret.pin\nSERIAL1,{}\n", cell()),
        // In the wrong column, without a head, a cell too many, a broken line, one that is too long.
        format!(
            "serial_number,email,pin,password\n{},{},{},{}\n",
            cell(),
            cell(),
            cell(),
            cell()
        ),
        format!("SERIAL1,{}\nLATER,{}\n", cell(), cell()),
        format!("serial_number,password\nSERIAL1,{},{}\n", cell(), cell()),
        format!("serial_number,password\nSERIAL1,{}\nSERIAL1,{}\n", cell(), cell()),
        format!("serial_number,password\nSERIAL1,{}\n", cell().replace('-', "\n")),
        format!("serial_number,password\nSERIAL1,{}\n", cell().repeat(100)),
        format!("serial_number{}\n{}", ",x".repeat(130), cell()),
    ]
}

async fn import(planted: &mut Planted, app: &TestApp) {
    for query in ["?dry_run=true", "", "?skip_bad_lines=true"] {
        for table in tables(planted) {
            let path = format!("/api/v1/enrolment-records/import{query}");
            let call = Call::post(path).bearer(&app.token).key(&app.fresh_key());
            planted.send(app, call.csv(&table)).await;
        }
    }
}

async fn follow_a_link(planted: &mut Planted, app: &TestApp) {
    let body = json!({ "serial_number": "SERIAL1" });
    let link: Value = app.post("/api/v1/enrolment-links", &body).await.expect(201);
    let link = link["path"].as_str().unwrap();
    let fields = |full_name: &str, password: &str, again: &str| {
        [
            ("full_name", full_name),
            ("username", "bob"),
            ("email", "bob@example.org"),
            ("password", password),
            ("password_again", again),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let good = planted.password();
    for fields in [
        fields("Bob", &planted.password(), &planted.password()),
        fields("", &planted.password(), ""),
        fields("Bob", &planted.password().repeat(100), "x"),
        fields("Bob", &good, &good),
        fields("Bob", &planted.password(), "x"),
    ] {
        planted.send(app, Call::post(link).form(&fields)).await;
    }
}

/// The console's form of a record, and its import.
async fn use_the_console(planted: &mut Planted, app: &TestApp) {
    let cookie = app.session().await;
    for path in ["/enrolment-data/SERIAL1", "/enrolment-data/LATER"] {
        for (name, value) in [
            ("full_name", "Bob"),
            ("email", "nobody"),
            ("new_secret", "username"),
            ("form_token", "x"),
        ] {
            let mut fields = vec![(name.to_owned(), value.to_owned())];
            fields.extend(hidden(app, &cookie, path).await);
            for name in ["secret.password", "secret.pin", "new_secret_value"] {
                fields.push((name.to_owned(), planted.password()));
            }
            let call = Call::post(path).header("cookie", &cookie).form(&fields);
            planted.send(app, call).await;
        }
    }
    let path = "/enrolment-data/import";
    for ticked in ["check", "skip_bad_lines", "nothing"] {
        for table in tables(planted) {
            let mut fields = hidden(app, &cookie, path).await;
            fields.push((ticked.to_owned(), "true".to_owned()));
            let call = Call::post(path).header("cookie", &cookie);
            planted.send(app, call.clone().upload(&fields, &table)).await;
            planted.send(app, call.upload(&[], &table)).await;
        }
    }
}

/// The hidden fields of a form.
async fn hidden(app: &TestApp, cookie: &str, path: &str) -> Vec<(String, String)> {
    let page = app.send(Call::get(path).header("cookie", cookie)).await.text;
    let value = |name: &str| {
        let field = format!("name=\"{name}\" value=\"");
        let value = page.split(&field).nth(1)?.split('"').next()?;
        Some((name.to_owned(), value.to_owned()))
    };
    ["form_token", "idempotency_key", "seen"]
        .into_iter()
        .filter_map(value)
        .collect()
}
