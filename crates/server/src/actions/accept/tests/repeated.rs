//! Orders that ask the same again, and orders that only look alike.

use std::time::Duration;

use serde_json::json;

use super::{enrolled, order, with};
use crate::testing::{Call, Person, grant_from_ada_to_bob, healthy_mac};

#[tokio::test]
async fn an_order_that_repeats_an_open_one_names_it_and_is_accepted() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let plan = format!("/api/v1/devices/{}/plan", mac.id());
    let planned = app.post(&plan, &grant_from_ada_to_bob()).await.expect(200);
    assert!(planned["already_open"].is_null());
    let first = order(&app, &mac, &grant_from_ada_to_bob()).await.expect(202);
    assert!(first["already_open"].is_null());

    app.advance(Duration::from_secs(60));
    let open = json!({
        "id": first["id"], "state": "queued", "held": false, "created_at": first["created_at"],
    });
    let planned = app.post(&plan, &grant_from_ada_to_bob()).await.expect(200);
    assert_eq!(planned["already_open"], open);
    assert!(planned["refusal"].is_null());
    let another = with("/target/username", json!("carol"));
    let of_another = app.post(&plan, &another).await.expect(200);
    assert!(of_another["already_open"].is_null(), "another account");
    let second = order(&app, &mac, &grant_from_ada_to_bob()).await.expect(202);
    assert_eq!(second["already_open"], open);
    assert_ne!(second["id"], first["id"]);

    mac.check_in(&app).await;
    for id in [&first["id"], &second["id"]] {
        let cancel = format!("/api/v1/actions/{}/cancel", id.as_str().unwrap());
        app.post(cancel, &json!({})).await.expect(200);
    }
    let planned = app.post(&plan, &grant_from_ada_to_bob()).await.expect(200);
    assert!(planned["already_open"].is_null(), "both have ended");
}

#[tokio::test]
async fn orders_that_differ_in_a_wildcard_for_a_password_are_two() {
    let (app, mac) = enrolled(healthy_mac()).await;
    let bob = Person::new("SERIAL1", "bob");
    app.bind(
        &bob.with_secret("password", "bob's password")
            .with_secret("former", "bob's former"),
    )
    .await;
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let call = Call::post(path).bearer(&app.token).key("wildcard-1");
    let target = |field: &str, value: &str| with("/target", json!({ "username": "bob", field: value }));
    let by_password = target("password_from", "%password%");
    let first = app.send(call.clone().json(&by_password)).await.expect(202);
    let again = app.send(call.clone().json(&target("password_from", "%password%")));
    assert_eq!(again.await.expect(202), first);
    for other in [
        target("password_from", "%former%"),
        target("password_from", "%serialnumber%"),
        target("password", "typed"),
    ] {
        app.send(call.clone().json(&other))
            .await
            .expect_problem(409, "idempotency_key_reused");
    }
}
