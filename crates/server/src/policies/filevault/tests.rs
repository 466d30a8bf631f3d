//! The policy and its profile, which is held against what Apple publishes of each payload.

use axum::http::Method;
use plist::{Dictionary, Value as Plist};
use serde_json::{Value, json};

use crate::testing::{Answer, Call, TestApp};

const PATH: &str = "/api/v1/policies/filevault";

async fn put(app: &TestApp, body: &Value) -> Answer {
    let call = Call::new(Method::PUT, PATH).bearer(&app.token);
    app.send(call.key(&app.fresh_key()).json(body)).await
}

async fn profile(app: &TestApp) -> Dictionary {
    let answer = app.get(format!("{PATH}/profile")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/x-apple-aspen-config");
    plist::from_bytes(answer.text.as_bytes()).unwrap()
}

fn payloads(profile: &Dictionary) -> Vec<&Dictionary> {
    let content = profile["PayloadContent"].as_array().unwrap();
    content
        .iter()
        .map(|payload| payload.as_dictionary().unwrap())
        .collect()
}

fn payload<'a>(profile: &'a Dictionary, kind: &str) -> Option<&'a Dictionary> {
    let is_it = |payload: &&Dictionary| payload["PayloadType"].as_string() == Some(kind);
    payloads(profile).into_iter().find(is_it)
}

/// What Apple's device management schemas say of the payloads that are used: kind, key, type, and whether it must be there. Of the
/// other keys of these payloads none is used.
const SCHEMA: [(&str, &str, &str, bool); 17] = [
    (
        "com.apple.security.pkcs1",
        "PayloadCertificateFileName",
        "string",
        false,
    ),
    ("com.apple.security.pkcs1", "PayloadContent", "data", true),
    (
        "com.apple.security.FDERecoveryKeyEscrow",
        "Location",
        "string",
        true,
    ),
    (
        "com.apple.security.FDERecoveryKeyEscrow",
        "EncryptCertPayloadUUID",
        "string",
        true,
    ),
    (
        "com.apple.security.FDERecoveryKeyEscrow",
        "DeviceKey",
        "string",
        false,
    ),
    ("com.apple.MCX.FileVault2", "Enable", "string", true),
    ("com.apple.MCX.FileVault2", "Defer", "boolean", false),
    (
        "com.apple.MCX.FileVault2",
        "UserEntersMissingInfo",
        "boolean",
        false,
    ),
    ("com.apple.MCX.FileVault2", "UseRecoveryKey", "boolean", false),
    ("com.apple.MCX.FileVault2", "ShowRecoveryKey", "boolean", false),
    ("com.apple.MCX.FileVault2", "OutputPath", "string", false),
    (
        "com.apple.MCX.FileVault2",
        "DeferForceAtUserLoginMaxBypassAttempts",
        "integer",
        false,
    ),
    (
        "com.apple.MCX.FileVault2",
        "DeferDontAskAtUserLogout",
        "boolean",
        false,
    ),
    (
        "com.apple.MCX.FileVault2",
        "ForceEnableInSetupAssistant",
        "boolean",
        false,
    ),
    ("com.apple.MCX", "dontAllowFDEDisable", "boolean", false),
    ("com.apple.MCX", "dontAllowFDEEnable", "boolean", false),
    ("com.apple.MCX", "DestroyFVKeyOnStandby", "boolean", false),
];

/// What every payload has, and the profile: key, type, and whether it must be there.
const COMMON: [(&str, &str, bool); 7] = [
    ("PayloadType", "string", true),
    ("PayloadVersion", "integer", true),
    ("PayloadIdentifier", "string", true),
    ("PayloadUUID", "string", true),
    ("PayloadDisplayName", "string", false),
    ("PayloadDescription", "string", false),
    ("PayloadScope", "string", false),
];

fn type_of(value: &Plist) -> &'static str {
    match value {
        Plist::Boolean(_) => "boolean",
        Plist::Integer(_) => "integer",
        Plist::String(_) => "string",
        Plist::Data(_) => "data",
        other => panic!("{other:?}"),
    }
}

fn keeps_the_schema(payload: &Dictionary) {
    let kind = payload["PayloadType"].as_string().unwrap();
    let own = SCHEMA.iter().filter(|(of, ..)| *of == kind);
    let own = own.map(|(_, key, of_type, required)| (*key, *of_type, *required));
    let known: Vec<_> = own.chain(COMMON).collect();
    assert!(known.len() > COMMON.len(), "{kind} is no payload that is used");
    for (key, value) in payload {
        let rule = known.iter().find(|(name, ..)| name == key);
        let (_, of_type, _) = rule.unwrap_or_else(|| panic!("{kind} has no {key}"));
        assert_eq!(type_of(value), *of_type, "{kind}: {key}");
    }
    for (key, _, required) in &known {
        assert!(!required || payload.contains_key(key), "{kind} lacks {key}");
    }
    assert_eq!(payload["PayloadVersion"].as_unsigned_integer(), Some(1));
    assert!(
        payload["PayloadUUID"]
            .as_string()
            .unwrap()
            .parse::<uuid::Uuid>()
            .is_ok()
    );
}

#[tokio::test]
async fn the_profile_has_keys_escrowed_and_nothing_else_until_more_is_wanted() {
    let app = TestApp::start().await;
    let first = app.get(PATH).await.expect(200);
    assert_eq!(
        (&first["turn_on"], &first["changed_at"]),
        (&json!(false), &Value::Null)
    );
    let profile = profile(&app).await;
    assert_eq!(profile["PayloadType"].as_string(), Some("Configuration"));
    // The escrow payload must stand in a profile of the system.
    assert_eq!(profile["PayloadScope"].as_string(), Some("System"));
    assert_eq!(payloads(&profile).len(), 2);
    payloads(&profile).into_iter().for_each(keeps_the_schema);
    let certificate = payload(&profile, "com.apple.security.pkcs1").unwrap();
    let escrow = payload(&profile, "com.apple.security.FDERecoveryKeyEscrow").unwrap();
    assert_eq!(escrow["EncryptCertPayloadUUID"], certificate["PayloadUUID"]);
    assert_eq!(escrow["Location"].as_string(), first["location"].as_str());
    let expected = app
        .app
        .escrow_certificate
        .certificate(trust::time::Timestamp(0))
        .await;
    assert_eq!(
        certificate["PayloadContent"].as_data(),
        Some(expected.unwrap().as_slice())
    );
    let mut common = profile.clone();
    common.remove("PayloadContent");
    for (key, of_type, _) in COMMON {
        assert_eq!(type_of(&common[key]), of_type, "{key}");
    }
}

#[tokio::test]
async fn everything_that_is_wanted_stands_in_the_profile() {
    let app = TestApp::start().await;
    let wanted = json!({
        "location": "Example Ltd keeps it", "turn_on": true, "bypasses": 0, "ask_at_logout": true,
        "show_recovery_key": false, "in_setup_assistant": true, "prevent_turning_off": true,
        "forget_key_in_standby": true, "reason": "new policy",
    });
    put(&app, &wanted).await.expect(200);
    let before = profile(&app).await;
    payloads(&before).into_iter().for_each(keeps_the_schema);
    let enabling = payload(&before, "com.apple.MCX.FileVault2").unwrap();
    assert_eq!(enabling["Enable"].as_string(), Some("On"));
    for (key, is_on) in [
        ("Defer", true),
        ("UseRecoveryKey", true),
        ("ShowRecoveryKey", false),
        ("DeferDontAskAtUserLogout", false),
        ("ForceEnableInSetupAssistant", true),
    ] {
        assert_eq!(enabling[key].as_boolean(), Some(is_on), "{key}");
    }
    let bypasses = &enabling["DeferForceAtUserLoginMaxBypassAttempts"];
    assert_eq!(bypasses.as_signed_integer(), Some(0));
    let options = payload(&before, "com.apple.MCX").unwrap();
    assert_eq!(options["dontAllowFDEDisable"].as_boolean(), Some(true));
    assert_eq!(options["dontAllowFDEEnable"].as_boolean(), Some(false));
    assert_eq!(options["DestroyFVKeyOnStandby"].as_boolean(), Some(true));

    // What is left out stays, and a profile that is installed anew replaces the one before.
    put(&app, &json!({ "bypasses": -1 })).await.expect(200);
    let after = profile(&app).await;
    let enabling = payload(&after, "com.apple.MCX.FileVault2").unwrap();
    assert_eq!(
        enabling["DeferForceAtUserLoginMaxBypassAttempts"].as_signed_integer(),
        Some(-1)
    );
    for key in ["PayloadIdentifier", "PayloadUUID"] {
        assert_eq!(before[key], after[key]);
        for (before, after) in payloads(&before).into_iter().zip(payloads(&after)) {
            assert_eq!(before[key], after[key]);
        }
    }
    let audit = app.get("/api/v1/audit").await.expect(200);
    let told = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["subject"] == "filevault");
    assert_eq!(told.count(), 2);
}

#[tokio::test]
async fn what_is_out_of_bounds_or_contradicts_itself_is_refused_by_name() {
    let app = TestApp::start().await;
    for (body, field) in [
        (json!({ "location": " " }), "location"),
        (json!({ "bypasses": 10_000 }), "bypasses"),
        (json!({ "bypasses": -2 }), "bypasses"),
        (
            json!({ "turn_on": true, "prevent_turning_on": true }),
            "prevent_turning_on",
        ),
        (json!({ "turn_on": "yes" }), "turn_on"),
        (json!({ "enable": true }), "body"),
    ] {
        put(&app, &body).await.expect_invalid(400, field);
    }
    assert_eq!(app.get(PATH).await.expect(200)["changed_at"], Value::Null);
}
