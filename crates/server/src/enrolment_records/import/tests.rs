use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

const PATH: &str = "/api/v1/enrolment-records/import";

const TABLE: &str = "Serial_Number,full_name,username,email,account,password,room,secret.pin\n\
    serial1,Ada Lovelace,ada@example.org,ada@mail.example.org,ada, her password ,Ö 3,314159\n\
    C02NEW, Ben , ben ,,,,,\n";

async fn import(app: &TestApp, query: &str, table: &str) -> Answer {
    let call = Call::post(format!("{PATH}{query}"))
        .bearer(&app.token)
        .key(&app.fresh_key());
    app.send(call.csv(table)).await
}

async fn record(app: &TestApp, serial_number: &str) -> Value {
    app.get(format!("/api/v1/enrolment-records/{serial_number}"))
        .await
        .expect(200)
}

#[tokio::test]
async fn a_table_binds_people_and_what_was_collected_to_serial_numbers() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let answer = import(&app, "", TABLE).await;
    let done = answer.expect(200);
    assert_eq!(
        (&done["created"], &done["secrets"], &done["not_enrolled"]),
        (&json!(2), &json!(2), &json!(1))
    );
    assert_eq!(done["lines"][0]["device_name"], "Mac 1");
    assert_eq!(done["lines"][0]["person"], "Ada Lovelace");
    assert_eq!(
        done["lines"][0]["changes"],
        json!([
            "username",
            "full_name",
            "email",
            "account",
            "room",
            "secret.password",
            "secret.pin"
        ])
    );
    assert_eq!(
        (&done["lines"][1]["line"], &done["lines"][1]["what"]),
        (&json!(3), &json!("created"))
    );
    assert!(!answer.text.contains("her password") && !answer.text.contains("314159"));

    let ada = record(&app, "SERIAL1").await;
    assert_eq!(ada["bound_account"], "ada");
    assert_eq!(ada["attributes"], json!({ "room": "Ö 3" }));
    assert_eq!(ada["source"], "import");
    assert_eq!(ada["device_id"], mac.id().to_string());
    assert_eq!(ada["secrets"][0]["usable"], true);
    let ben = record(&app, "C02NEW").await;
    assert_eq!(
        (&ben["username"], &ben["full_name"]),
        (&json!("ben"), &json!("Ben"))
    );
    assert_eq!(ben["secrets"], json!([]));
}

#[tokio::test]
async fn an_empty_cell_and_a_column_that_is_not_there_say_nothing() {
    let app = TestApp::start().await;
    import(&app, "", TABLE).await.expect(200);
    app.advance(Duration::from_secs(1));
    let table = "serial_number;email;room\nSERIAL1;;4\nC02NEW;;\n";
    let done = import(&app, "", table).await.expect(200);
    assert_eq!((&done["changed"], &done["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(done["lines"][0]["changes"], json!(["room"]));
    let ada = record(&app, "SERIAL1").await;
    assert_eq!(ada["email"], "ada@mail.example.org");
    assert_eq!(ada["attributes"], json!({ "room": "4" }));
    assert_eq!(ada["secrets"].as_array().unwrap().len(), 2);
    assert_eq!(ada["updated_at"], app.now_ms());
    assert_ne!(record(&app, "C02NEW").await["updated_at"], app.now_ms());
}

#[tokio::test]
async fn one_bad_line_stops_all_and_every_bad_line_is_told() {
    let app = TestApp::start().await;
    let table = "serial_number,username,email,password,full_name\n\
        SERIAL1,ada,ada@example.org,pw,Ada\n\
        ,ben,,,\n\
        \n\
        SERIAL3,-c,nobody,pw,\n\
        serial1,eve,,,\n\
        SERIAL4,dan\n\
        SERIAL5,,,\"two\nlines\",\n\
        SERIAL6,ok,,,\n";
    let answer = import(&app, "", table).await;
    let refused = answer.expect_problem(422, "import_refused");
    let bad: Vec<(u64, &str)> = refused["bad_lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|bad| {
            (
                bad["line"].as_u64().unwrap(),
                bad["column"].as_str().unwrap_or("-"),
            )
        })
        .collect();
    let expected = [
        (3, "serial_number"),
        (5, "username"),
        (5, "email"),
        (6, "serial_number"),
        (7, "-"),
        (8, "password"),
    ];
    assert_eq!(bad, expected);
    app.get("/api/v1/enrolment-records/SERIAL1")
        .await
        .expect_problem(404, "not_found");

    let dry = import(&app, "?dry_run=true", table).await.expect(200);
    assert_eq!((&dry["created"], &dry["bad"]), (&json!(2), &json!(5)));
    assert_eq!(dry["refused"], true);
    app.get("/api/v1/enrolment-records/SERIAL1")
        .await
        .expect_problem(404, "not_found");

    let some = import(&app, "?skip_bad_lines=true", table).await.expect(200);
    assert_eq!(some["bad_lines"], dry["bad_lines"]);
    assert_eq!(some["refused"], false);
    assert_eq!(record(&app, "SERIAL1").await["username"], "ada");
    assert_eq!(record(&app, "SERIAL6").await["username"], "ok");
    app.get("/api/v1/enrolment-records/SERIAL3")
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_dry_run_tells_what_would_change_and_changes_nothing() {
    let app = TestApp::start().await;
    import(&app, "", "serial_number,username\nSERIAL1,ada\nSERIAL2,ben\n")
        .await
        .expect(200);
    let table = "serial_number,username,password\nSERIAL1,ada,\nSERIAL2,ben,x\nSERIAL3,eve,\n";
    let dry = import(&app, "?dry_run=true", table).await.expect(200);
    let what: Vec<&Value> = dry["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["what"])
        .collect();
    assert_eq!(what, ["unchanged", "changed", "created"]);
    assert_eq!(dry["dry_run"], true);
    assert_eq!(record(&app, "SERIAL2").await["secrets"], json!([]));
    app.get("/api/v1/enrolment-records/SERIAL3")
        .await
        .expect_problem(404, "not_found");
    let audit = app.get("/api/v1/audit?limit=500").await.expect(200);
    let saved = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["verb"] == "enrolment_record.saved");
    assert_eq!(saved.count(), 2);
}

#[tokio::test]
async fn a_head_that_names_no_columns_is_refused_without_repeating_it() {
    let app = TestApp::start().await;
    import(&app, "", "serial_number,pin\nSERIAL9,1\n")
        .await
        .expect(200);
    for (table, column) in [
        ("username,password\nada,x\n", "serial_number"),
        ("C02ABC,ada,hunter2!\n", "3"),
        ("C02ABC,hunter2,hunter2\n", "3"),
        ("serial_number,hunter2!\n", "2"),
        ("serial_number,username,Username\n", "3"),
        ("serial_number,secret.username\n", "2"),
        ("serial_number,secret.pin\n", "secret.pin"),
    ] {
        let answer = import(&app, "", table).await;
        let refused = answer.expect_problem(422, "import_refused");
        let bad = refused["bad_lines"].as_array().unwrap();
        assert!(
            bad.iter().any(|bad| bad["column"] == column && bad["line"] == 1),
            "{table}: {bad:?}"
        );
        assert!(!answer.text.contains("hunter2"), "{}", answer.text);
    }
    import(&app, "", "").await.expect_invalid(400, "body");
    let wide = format!("serial_number,a\nx{}\n", ",".repeat(200));
    import(&app, "", &wide)
        .await
        .expect_problem(422, "import_refused");
    let call = Call::post(PATH).bearer(&app.token).key("import-1");
    app.send(call.raw_json(TABLE))
        .await
        .expect_invalid(415, "content-type");
}

#[tokio::test]
async fn the_same_import_again_is_answered_the_same_and_does_nothing() {
    let app = TestApp::start().await;
    let call = Call::post(PATH).bearer(&app.token).key("import-key-1");
    let first = app.send(call.clone().csv(TABLE)).await.expect(200);
    let before = record(&app, "SERIAL1").await;
    app.advance(Duration::from_secs(1));
    assert_eq!(app.send(call.clone().csv(TABLE)).await.expect(200), first);
    assert_eq!(record(&app, "SERIAL1").await, before);
    let other = TABLE.replace("Ben", "Bob");
    app.send(call.csv(&other))
        .await
        .expect_problem(409, "idempotency_key_reused");
}

#[tokio::test]
async fn a_large_table_is_imported_whole() {
    let app = TestApp::start().await;
    let lines: String = (0..600).map(|n| format!("LARGE{n},user{n}\n")).collect();
    let done = import(&app, "", &format!("serial_number,username\n{lines}"))
        .await
        .expect(200);
    assert_eq!(done["created"], 600);
    assert_eq!(done["lines"].as_array().unwrap().len(), 500);
    assert_eq!(record(&app, "LARGE599").await["username"], "user599");
}

#[tokio::test]
async fn a_heading_is_quoted_where_the_first_line_is_a_head_without_doubt() {
    let app = TestApp::start().await;
    for (head, number, heading) in [
        ("serial_number,Full Name", "2", json!("Full Name")),
        ("Serial Number,username,email", "1", json!("Serial Number")),
        ("serial_number,e-mail,email,email", "4", json!("email")),
        ("serial_number,hunter2!", "2", json!(null)),
        ("C02ABC,correct horse battery", "2", json!(null)),
        ("C02ABC,ada,password,correct horse", "4", json!(null)),
    ] {
        let answer = import(&app, "?dry_run=true", &format!("{head}\nx,y\n")).await;
        let refused = answer.expect_problem(422, "import_refused");
        let bad = refused["bad_lines"].as_array().unwrap();
        let told = bad.iter().find(|bad| bad["column"] == number).unwrap();
        assert_eq!(told["heading"], heading, "{head}");
    }
    let answer = import(&app, "", "serial_number,Full Name\nC02,x\n").await;
    let refused = answer.expect_problem(422, "import_refused");
    let rule = refused["bad_lines"][0]["rule"].as_str().unwrap();
    for name in [
        "serial_number",
        "username",
        "full_name",
        "email",
        "account",
        "password",
        "secret.",
    ] {
        assert!(rule.contains(name), "{rule}");
    }
}

#[tokio::test]
async fn attributes_that_no_mac_had_are_told() {
    let app = TestApp::start().await;
    let dry = import(&app, "?dry_run=true", TABLE).await.expect(200);
    assert_eq!(dry["new_attributes"], json!(["secret.pin", "room"]));
    let done = import(&app, "", TABLE).await.expect(200);
    assert_eq!(done["new_attributes"], dry["new_attributes"]);
    let again = import(&app, "?dry_run=true", TABLE).await.expect(200);
    assert_eq!(again["new_attributes"], json!([]));
}
