//! Each Mac gets its own values, and one that has none gets nothing.

use serde_json::json;
use trust::action::SecretRole;

use crate::testing::{FakeMac, Person, TestApp, bulk_grant, healthy_mac};

#[tokio::test]
async fn wildcards_are_resolved_for_each_mac() {
    let app = TestApp::start().await;
    let mut macs = Vec::new();
    for number in 1..=3 {
        macs.push(app.enrolled(FakeMac::new(number, healthy_mac())).await);
    }
    app.bind(&Person::new("SERIAL1", "bob").with_secret("password", "planted-1"))
        .await;
    app.bind(&Person::new("SERIAL2", "bob")).await;
    let mut body = bulk_grant();
    body["action"]["administrator"] = json!({ "username": "ada", "password_from": "admin-%serialnumber%" });
    body["action"]["target"] = json!({ "username": "%username%", "password_from": "%password%" });

    let planned = app.post("/api/v1/bulk-actions/plan", &body).await.expect(200);
    assert_eq!(
        (
            &planned["counts"]["ready"],
            &planned["counts"]["needs_credential"]
        ),
        (&json!(1), &json!(2))
    );
    let ready = &planned["items"][0];
    assert_eq!(ready["action"]["target"], "bob", "what it means on this Mac");
    assert_eq!(ready["collected"]["target"]["attribute"], "password");
    assert!(ready["collected"]["administrator"].is_null());
    assert!(!planned.to_string().contains("planted") && !planned.to_string().contains("admin-SERIAL1"));
    let [no_password, nobody] = [1, 2].map(|number| planned["items"][number]["detail"].as_str().unwrap());
    assert!(
        no_password.contains("%password%") && no_password.contains("Mac 2"),
        "{no_password}"
    );
    assert!(
        nobody.contains("%username%") && nobody.contains("Mac 3"),
        "{nobody}"
    );

    let (path, run) = app.bulk_run(&body).await;
    assert_eq!(run["action"]["target"], "%username%");
    app.advance_runs().await;
    let offer = macs[0].check_in(&app).await.offers.remove(0);
    assert_eq!(macs[0].open(&offer, SecretRole::Administrator), "admin-SERIAL1");
    assert_eq!(macs[0].open(&offer, SecretRole::Target), "planted-1");
    for mac in &macs[1..] {
        assert!(mac.check_in(&app).await.offers.is_empty());
    }
    let lacking = app
        .get(format!("{path}/members?readiness=needs_credential"))
        .await
        .expect(200);
    assert_eq!(lacking["items"][0]["code"], "unresolved_wildcard");
    assert_eq!(lacking["items"].as_array().unwrap().len(), 2);
}
