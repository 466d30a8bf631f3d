//! Making accounts, from the plan to the end, through both APIs.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trust::action::{AccountRole, Action, CreateAccount, GrantSecureToken, SecretRole};
use trust::code::Code;
use trust::outcome::{Outcome, Part, PartOutcome};
use trust::time::Timestamp;
use wire::envelope::{Envelope, VERSION};
use wire::seal::seal;

use crate::clock::Clock as _;
use crate::testing::{Answer, FakeMac, SeededRng, TestApp, healthy_mac, only_standard_holder};

fn create() -> Value {
    json!({
        "kind": "create_account",
        "target": {
            "username": "dora", "full_name": "Dora", "password": "dora's password",
            "role": "administrator", "hidden": true,
        },
        "administrator": { "username": "ada", "password": "ada's password" },
    })
}

/// The body with one field in another shape; `Null` leaves it out.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = create();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(field);
    } else {
        parent.insert(field.to_owned(), value);
    }
    body
}

async fn ask(app: &TestApp, mac: &FakeMac, what: &str, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/{what}", mac.id()), body)
        .await
}

async fn healthy() -> (TestApp, FakeMac) {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    (app, mac)
}

#[tokio::test]
async fn an_account_is_made_and_each_part_is_told() {
    let (app, mac) = healthy().await;
    let accepted = ask(&app, &mac, "actions", &create()).await.expect(202);
    assert_eq!(accepted["kind"], "create_account");
    assert_eq!(accepted["action"]["role"], "administrator");
    assert_eq!(accepted["action"]["hidden"], true);

    let offers = mac.check_in(&app).await.offers;
    assert_eq!(mac.open(&offers[0], SecretRole::Administrator), "ada's password");
    assert_eq!(mac.open(&offers[0], SecretRole::Target), "dora's password");
    mac.start(&app, &accepted["id"]).await.expect(200);
    let parts = vec![
        PartOutcome {
            part: Part::CreateAccount,
            code: Code::AccountCreated,
        },
        PartOutcome {
            part: Part::GrantSecureToken,
            code: Code::AdministratorWrongPassword,
        },
    ];
    let outcome = Outcome {
        parts,
        ..FakeMac::ended(Code::CreatedWithoutToken, true, app.clock.now())
    };
    mac.report(&app, &accepted["id"], outcome).await.expect(200);
    let path = format!("/api/v1/actions/{}", accepted["id"].as_str().unwrap());
    let ended = app.get(path).await.expect(200);
    assert_eq!(
        (&ended["state"], &ended["code"]),
        (&json!("failed"), &json!("created_without_token"))
    );
    assert_eq!(ended["outcome"]["parts"][0]["part"], "create_account");
    assert_eq!(
        ended["outcome"]["parts"][1]["code"],
        "administrator_wrong_password"
    );
}

#[tokio::test]
async fn without_a_granter_one_password_is_enough() {
    let (app, mac) = healthy().await;
    let body = with("/administrator", Value::Null);
    let planned = ask(&app, &mac, "plan", &body).await.expect(200);
    let outcomes = planned["plan"]["outcomes"].as_array().unwrap();
    assert!(outcomes.contains(&json!("account_created")));
    assert!(!outcomes.contains(&json!("created_with_token")));
    ask(&app, &mac, "actions", &body).await.expect(202);
    let offers = mac.check_in(&app).await.offers;
    assert_eq!(offers[0].secrets.len(), 1);
}

#[tokio::test]
async fn names_that_are_taken_are_refused_with_their_row() {
    let (app, mac) = healthy().await;
    for (pointer, name, code, check) in [
        ("/target/username", "bob", "account_exists", "name_is_free"),
        ("/target/username", "BOB", "account_exists", "name_is_free"),
        ("/target/full_name", "Bob", "full_name_taken", "full_name_is_free"),
        (
            "/administrator/username",
            "nobody",
            "administrator_unknown",
            "administrator_exists",
        ),
        (
            "/administrator/username",
            "bob",
            "administrator_has_no_token",
            "administrator_holds",
        ),
    ] {
        let body = with(pointer, json!(name));
        let planned = ask(&app, &mac, "plan", &body).await.expect(200);
        assert_eq!(planned["refusal"], code);
        let refused = ask(&app, &mac, "actions", &body).await;
        let problem = refused.expect_problem(422, code);
        let rows = problem["plan"]["rows"].as_array().unwrap();
        let failed = rows.iter().find(|row| row["state"] == "failed").unwrap();
        assert_eq!(failed["check"], check);
    }
    assert!(mac.check_in(&app).await.offers.is_empty());
}

#[tokio::test]
async fn what_breaks_a_rule_is_named() {
    let (app, mac) = healthy().await;
    for (pointer, value, field) in [
        ("/target/full_name", Value::Null, "target.full_name"),
        ("/target/full_name", json!("  "), "target.full_name"),
        ("/target/role", json!("king"), "target.role"),
        ("/target/hidden", json!("yes"), "target.hidden"),
        ("/target/password", Value::Null, "target.password"),
        ("/administrator/password", json!(""), "administrator.password"),
        ("/promote_administrator", json!(1), "promote_administrator"),
        ("/target/shell", json!("/bin/zsh"), "target"),
    ] {
        let refused = ask(&app, &mac, "actions", &with(pointer, value)).await;
        refused.expect_invalid(400, field);
    }
}

#[tokio::test]
async fn a_promotion_is_what_was_asked_for_and_bound_into_the_envelope() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, only_standard_holder())).await;
    let grant = |promote: bool| {
        json!({
            "kind": "grant_secure_token",
            "administrator": { "username": "carol", "password": "carol's password" },
            "target": { "username": "ada", "password": "ada's password" },
            "promote_administrator": promote,
        })
    };
    let refused = ask(&app, &mac, "actions", &grant(false)).await;
    refused.expect_problem(422, "administrator_not_admin");
    let planned = ask(&app, &mac, "plan", &grant(true)).await.expect(200);
    let rows = planned["plan"]["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["check"] == "promotion"), "{planned}");
    ask(&app, &mac, "actions", &grant(true)).await.expect(202);
    let offers = mac.check_in(&app).await.offers;
    let expected = GrantSecureToken {
        administrator: "carol".parse().unwrap(),
        target: "ada".parse().unwrap(),
        promote_administrator: true,
    };
    assert_eq!(
        offers[0].envelope.action,
        Action::GrantSecureToken(expected.clone())
    );
    assert_eq!(mac.open(&offers[0], SecretRole::Target), "ada's password");

    // A seal that was made without the promotion does not open with it.
    let mut without = offers[0].envelope.clone();
    without.action = Action::GrantSecureToken(GrantSecureToken {
        promote_administrator: false,
        ..expected
    });
    let asked_with = offers[0].envelope.associated_data(SecretRole::Target);
    assert_ne!(without.associated_data(SecretRole::Target), asked_with);
}

#[tokio::test]
async fn a_caller_can_seal_by_itself() {
    let (app, mac) = healthy().await;
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let not_after = Timestamp(app.now_ms() + 60_000);
    let envelope = Envelope {
        version: VERSION,
        collected: BTreeMap::new(),
        id: id.parse().unwrap(),
        organization_id: app.setup.organization_id(),
        device_id: mac.id(),
        not_after,
        action: Action::CreateAccount(CreateAccount {
            target: "dora".parse().unwrap(),
            full_name: "Dora".parse().unwrap(),
            role: AccountRole::Administrator,
            hidden: true,
            administrator: Some("ada".parse().unwrap()),
            promote_administrator: false,
        }),
    };
    let sealed = |role, password: &str| {
        let mut rng = SeededRng::new(7);
        let bound_to = envelope.associated_data(role);
        let key = &mac.identity.sealing_key;
        json!(seal(key, &password.into(), &bound_to, &mut rng).unwrap())
    };
    let mut body = create();
    body["id"] = json!(id);
    body["not_after"] = json!(not_after);
    for (account, role) in [
        ("administrator", SecretRole::Administrator),
        ("target", SecretRole::Target),
    ] {
        let account_body = body[account].as_object_mut().unwrap();
        account_body.remove("password");
        account_body.insert(
            "sealed".to_owned(),
            sealed(role, &format!("sealed by us: {account}")),
        );
    }
    ask(&app, &mac, "actions", &body).await.expect(202);
    let offers = mac.check_in(&app).await.offers;
    assert_eq!(mac.open(&offers[0], SecretRole::Target), "sealed by us: target");
    assert_eq!(
        mac.open(&offers[0], SecretRole::Administrator),
        "sealed by us: administrator"
    );
}
