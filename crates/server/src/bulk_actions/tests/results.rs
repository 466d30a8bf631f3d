//! The results as CSV.

use serde_json::{Value, json};
use trust::code::Code;

use crate::clock::Clock as _;
use crate::testing::{Answer, FakeMac, TestApp, bulk_grant, healthy_mac, mac_without_holders};

/// The records of a CSV answer, each as a list of its fields.
fn records(answer: &Answer) -> Vec<Vec<String>> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(answer.text.as_bytes())
        .into_records();
    reader
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[tokio::test]
async fn every_device_has_one_line() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.enrolled(FakeMac::new(2, mac_without_holders())).await;
    app.enrolled(FakeMac::new(3, healthy_mac())).await;
    let mut body = bulk_grant();
    body["canary"] = json!({ "count": 1 });
    let (path, _) = app.bulk_run(&body).await;
    app.advance_runs().await;
    let offer = mac.check_in(&app).await.offers.remove(0);
    let id = json!(offer.envelope.id);
    mac.start(&app, &id).await.expect(200);
    mac.report(&app, &id, mac.granted(app.clock.now()))
        .await
        .expect(200);

    let answer = app.get(format!("{path}/results.csv")).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/csv")
    );
    assert!(
        answer.headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("attachment")
    );
    assert_eq!(answer.text.matches("\r\n").count(), 4);
    let records = records(&answer);
    assert_eq!(records[0][..2], ["device_name", "serial_number"]);
    assert_eq!(records[1][3..6], ["ready", "succeeded", "granted"]);
    assert_eq!(records[1][6], Code::Granted.entry().title);
    assert_eq!(records[1][9], "2026-02-02T02:40:00Z");
    assert_eq!(records[2][3..6], ["needs_person", "not_sent", "chain_broken"]);
    assert_eq!(records[3][3..6], ["ready", "held", ""]);
}

#[tokio::test]
async fn names_are_quoted_and_formulas_are_defused() {
    let app = TestApp::start().await;
    let names = [
        "=HYPERLINK(\"http://example.org\")",
        "Ada's \"Mac\", blue\nline",
        "@SUM(A1)",
        "-2+3",
        "Ünï",
    ];
    for (number, name) in (1..).zip(names) {
        let mut mac = FakeMac::new(number, healthy_mac());
        mac.identity.name = name.to_owned();
        app.enrolled(mac).await;
    }
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    let answer = app.get(format!("{path}/results.csv")).await;
    let written: Vec<String> = records(&answer)
        .into_iter()
        .skip(1)
        .map(|record| record[0].clone())
        .collect();
    assert_eq!(
        written,
        [
            "'-2+3",
            "'=HYPERLINK(\"http://example.org\")",
            "'@SUM(A1)",
            "Ada's \"Mac\", blue\nline",
            "Ünï"
        ]
    );
    assert!(
        answer
            .text
            .contains("\"'=HYPERLINK(\"\"http://example.org\"\")\""),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn results_that_exceed_a_page_come_whole() {
    let app = TestApp::start().await;
    app.healthy_macs(120).await;
    let (path, _) = app.bulk_run(&bulk_grant()).await;
    let answer = app.get(format!("{path}/results.csv")).await;
    let records = records(&answer);
    assert_eq!(records.len(), 121);
    let mut serials: Vec<_> = records[1..].iter().map(|record| record[1].clone()).collect();
    serials.sort();
    serials.dedup();
    assert_eq!(serials.len(), 120);
    let listed = app.get(format!("{path}/members?limit=100")).await.expect(200);
    let cursor = listed["next_cursor"].as_str().unwrap();
    let rest = app
        .get(format!("{path}/members?limit=100&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(
        (rest["items"].as_array().unwrap().len(), &rest["next_cursor"]),
        (20, &Value::Null)
    );
}
