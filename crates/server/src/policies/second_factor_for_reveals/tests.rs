//! The policy by the API: who may turn it on, and that it is told.

use axum::http::Method;
use serde_json::json;

use crate::testing::{Call, TestApp};

const PATH: &str = "/api/v1/policies/second-factor-for-reveals";

#[tokio::test]
async fn only_owners_turn_it_on_and_the_audit_log_tells() {
    let app = TestApp::start().await;
    let off = app.get(PATH).await.expect(200);
    assert_eq!(off, json!({ "enabled": false, "changed_at": null }));
    let body = json!({ "name": "admin", "role": "administrator" });
    let token = app.post("/api/v1/api-tokens", &body).await.expect(201);
    let put = |token: &str, key: &str| {
        let call = Call::new(Method::PUT, PATH).bearer(token).key(key);
        call.json(&json!({ "enabled": true, "reason": "the auditors ask for it" }))
    };
    let refused = app.send(put(token["token"].as_str().unwrap(), "turn-on-1")).await;
    assert_eq!(refused.expect(403)["code"], "role_missing");
    let on = app.send(put(&app.token, "turn-on-2")).await.expect(200);
    assert_eq!(on["enabled"], true);
    let audit = app.get("/api/v1/audit?limit=1").await.expect(200);
    assert_eq!(audit["items"][0]["subject"], "second_factor_for_reveals");
    assert_eq!(audit["items"][0]["reason"], "the auditors ask for it");
}
