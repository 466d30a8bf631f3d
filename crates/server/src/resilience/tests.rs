//! The fleet's score, recomputed from what is told of each Mac.

use std::time::Duration;

use serde_json::{Value, json};
use trust::observation::TokenLabel;
use trust::resilience::{FRESH, STALE};

use super::note_today;
use crate::devices::diagnose_anew::diagnose_anew;
use crate::testing::{
    FakeMac, TestApp, account, healthy_mac, mac_with, mac_without_holders, only_standard_holder,
    statements_of,
};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const DAY: Duration = Duration::from_hours(24);

async fn told(app: &TestApp) -> Value {
    app.get("/api/v1/resilience").await.expect(200)
}

/// What the fleet's score must be, by what is told of each Mac alone.
async fn recomputed(app: &TestApp) -> Value {
    let listed = app.get("/api/v1/devices").await.expect(200);
    let mut scores: Vec<u64> = Vec::new();
    let mut warnings = std::collections::BTreeMap::<String, u64>::new();
    for device in listed["items"].as_array().unwrap() {
        let path = format!("/api/v1/devices/{}/resilience", device["id"].as_str().unwrap());
        let one = app.get(path).await.expect(200)["resilience"].clone();
        if one.is_null() {
            continue;
        }
        scores.push(one["score"].as_u64().unwrap());
        for warning in one["warnings"].as_array().unwrap() {
            *warnings.entry(warning.as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    let band = |from: u64, to: u64| {
        let devices = scores.iter().filter(|score| (from..=to).contains(score)).count();
        json!({ "from": from, "to": to, "devices": devices })
    };
    let mean = |sum: u64, all: u64| (sum * 2 + all) / (all * 2);
    json!({
        "devices": scores.len(),
        "average": (!scores.is_empty()).then(|| mean(scores.iter().sum(), scores.len() as u64)),
        "bands": [band(0, 19), band(20, 39), band(40, 59), band(60, 79), band(80, 100)],
        "warnings": warnings,
    })
}

async fn is_what_follows_from_each(app: &TestApp, when: &str) {
    let told = told(app).await;
    let warnings = told["warnings"].as_array().unwrap().iter();
    let warnings: serde_json::Map<String, Value> = warnings
        .map(|one| {
            (
                one["warning"].as_str().unwrap().to_owned(),
                one["devices"].clone(),
            )
        })
        .collect();
    let told = json!({
        "devices": told["devices"],
        "average": told["average"],
        "bands": told["bands"],
        "warnings": warnings,
    });
    assert_eq!(told, recomputed(app).await, "{when}");
}

#[tokio::test]
async fn the_fleets_score_follows_from_that_of_each_mac_whatever_happens() {
    let app = TestApp::start().await;
    assert_eq!(told(&app).await["average"], Value::Null);
    let two = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, true, TokenLabel::Enabled),
    ]);
    let mut macs = Vec::new();
    for (number, observation) in
        (1..).zip([healthy_mac(), two, mac_without_holders(), only_standard_holder()])
    {
        macs.push(app.enrolled(FakeMac::new(number, observation)).await);
        is_what_follows_from_each(&app, "a Mac came").await;
    }
    FakeMac::new(9, healthy_mac()).enroll(&app).await;
    is_what_follows_from_each(&app, "one has not told").await;

    macs[1].escrow_key(&app, 1, KEY).await;
    diagnose_anew(&app.app).await.unwrap();
    is_what_follows_from_each(&app, "a key came").await;
    for span in [FRESH, STALE] {
        app.advance(span + Duration::from_secs(1));
        diagnose_anew(&app.app).await.unwrap();
        is_what_follows_from_each(&app, "the proof grew old").await;
    }
    macs[2].observation = healthy_mac();
    macs[2].check_in(&app).await;
    is_what_follows_from_each(&app, "a chain was mended").await;

    let mut again = macs[1].reinstalled(7);
    again.enroll(&app).await;
    app.post(format!("/api/v1/devices/{}/approve", again.id()), &json!({}))
        .await
        .expect(200);
    is_what_follows_from_each(&app, "a Mac was erased").await;
}

#[tokio::test]
async fn days_are_remembered_by_what_was_noted_last() {
    let app = TestApp::start().await;
    let mut mac = app.enrolled(FakeMac::new(1, mac_without_holders())).await;
    note_today(&app.app).await.unwrap();
    let broken = told(&app).await["average"].clone();
    app.advance(DAY);
    mac.observation = healthy_mac();
    mac.check_in(&app).await;
    note_today(&app.app).await.unwrap();
    let told = told(&app).await;
    let days = told["days"].as_array().unwrap();
    let averages: Vec<&Value> = days.iter().map(|day| &day["average"]).collect();
    assert_eq!(averages, [&broken, &told["average"]], "{told}");
    assert_ne!(averages[0], averages[1]);
    let apart = days[1]["day"].as_i64().unwrap() - days[0]["day"].as_i64().unwrap();
    assert_eq!(apart, 24 * 60 * 60 * 1_000);
}

#[tokio::test]
async fn it_costs_the_same_however_many_macs_there_are() {
    let app = TestApp::start().await;
    let statements = async || statements_of(told(&app)).await.1;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let of_one = statements().await;
    for number in 2..=6 {
        app.enrolled(FakeMac::new(number, healthy_mac())).await;
    }
    assert_eq!(statements().await, of_one);
}
