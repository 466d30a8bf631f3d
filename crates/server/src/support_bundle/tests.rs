//! Nothing that has a name, and no secret, is in a bundle.

use serde_json::{Value, json};
use trust::observation::TokenLabel;

use crate::testing::{Call, FakeMac, Person, TestApp, account, grant_from_ada_to_bob, mac_with};

/// What stands in everything that was planted.
const MARK: &str = "planted";

#[tokio::test]
async fn no_name_and_no_secret_is_in_it() {
    let app = TestApp::start().await;
    let names = ["plantedada", "plantedbob"];
    let seen = mac_with(vec![
        account(names[0], 501, true, TokenLabel::Enabled),
        account(names[1], 502, false, TokenLabel::Disabled),
    ]);
    let mac = app.enrolled(FakeMac::new(1, seen)).await;
    let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
    app.bind(&Person::new("SERIAL1", "plantedbob")).await;
    mac.escrow_key(&app, 1, "ABCD-2345-EFGH-6789-JKLM-NPQR").await;
    let reveal = format!("/api/v1/devices/{}/recovery-key/reveal", mac.id());
    app.post(reveal, &json!({ "reason": "planted reason" }))
        .await
        .expect(200);
    for (name, role) in [("planted@example.org", "owner"), ("zoltan", "viewer")] {
        let body = json!({ "name": name, "role": role });
        let invitation = app.post("/api/v1/people", &body).await.expect(201);
        app.accept(&invitation, "a planted password").await;
    }
    let token = json!({ "name": "planted-token", "role": "viewer" });
    app.post("/api/v1/api-tokens", &token).await.expect(201);
    let mut order = grant_from_ada_to_bob();
    order["reason"] = json!("planted reason");
    for (role, name) in [("administrator", names[0]), ("target", names[1])] {
        order[role] = json!({ "username": name, "password": "planted password" });
    }
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let asked = app.post(&path, &order).await;
    assert!(asked.status == 202 || asked.status == 422, "{}", asked.text);

    for path in [
        "/api/v1/support-bundle".to_owned(),
        format!("/api/v1/support-bundle?device={}", mac.id()),
    ] {
        let answer = app.get(&path).await;
        let bundle = answer.expect(200);
        let text = answer.text.to_lowercase();
        let in_base64 = wire::encoding::Bytes(MARK.as_bytes().to_vec()).to_text();
        for planted in [
            MARK,
            &in_base64,
            "serial1",
            "abcd-2345",
            "example.org",
            "zoltan",
            &device["name"].as_str().unwrap().to_lowercase(),
            &device["hardware_uuid"].as_str().unwrap().to_lowercase(),
            &mac.id().to_string(),
            &app.setup.organization_id().to_string(),
        ] {
            assert!(
                !text.contains(&planted.to_lowercase()),
                "{path}: {planted}: {text}"
            );
        }
        // And yet it tells what matters.
        assert_eq!(bundle["macs"][0]["accounts"].as_array().unwrap().len(), 2);
        assert_eq!(bundle["macs"][0]["mac"], "mac-1");
        assert_eq!(bundle["macs"][0]["recovery_key"], "held");
        let verbs = bundle["audit"].as_array().unwrap();
        assert!(
            verbs.iter().any(|entry| entry["verb"] == "escrow.revealed"),
            "{verbs:?}"
        );
    }
}

#[tokio::test]
async fn it_is_about_ones_own_organisation_and_the_mac_that_was_named() {
    let app = TestApp::start().await;
    let one = app.enrolled(FakeMac::new(1, crate::testing::healthy_mac())).await;
    app.enrolled(FakeMac::new(2, crate::testing::healthy_mac())).await;
    let count = |bundle: &Value, what: &str| bundle[what].as_array().unwrap().len();
    let all = app.get("/api/v1/support-bundle").await.expect(200);
    assert_eq!(count(&all, "macs"), 2);
    let path = format!("/api/v1/support-bundle?device={}", one.id());
    let of_one = app.get(&path).await.expect(200);
    assert_eq!(count(&of_one, "macs"), 1);
    assert!(count(&of_one, "audit") < count(&all, "audit"));
    let foreign = app.foreign_token().await;
    let call = Call::get("/api/v1/support-bundle").bearer(&foreign);
    assert_eq!(count(&app.send(call).await.expect(200), "macs"), 0);
    let call = Call::get(&path).bearer(&foreign);
    app.send(call).await.expect_problem(404, "not_found");
}
