//! Orders whose account is chosen by alias, user id or role: the Mac gets the record name, and the seals are bound to it.

use serde_json::{Value, json};
use trust::action::SecretRole;
use trust::observation::{Account, Observation, TokenLabel};

use crate::testing::{Answer, FakeMac, TestApp, account, healthy_mac, mac_with};

fn reset(target: Value) -> Value {
    json!({
        "kind": "reset_password",
        "administrator": { "username": "ada", "password": "planted-ada" },
        "target": target,
        "new_password": { "password": "planted-new" },
    })
}

/// `ada` hands on, `bob` is a standard account with an alias, and `cleo` is another administrator.
fn accounts() -> Vec<Account> {
    let bob = Account {
        aliases: vec!["bobby@example.org".to_owned()],
        ..account("bob", 502, false, TokenLabel::Disabled)
    };
    let administrator = |name, uid| account(name, uid, true, TokenLabel::Enabled);
    vec![administrator("ada", 501), bob, administrator("cleo", 503)]
}

/// The same with a second standard account, which has `bob`'s user id and his name for an alias.
fn twins() -> Observation {
    let dan = Account {
        aliases: vec!["bob".to_owned()],
        ..account("dan", 502, false, TokenLabel::Disabled)
    };
    mac_with([accounts(), vec![dan]].concat())
}

async fn ask(app: &TestApp, mac: &FakeMac, what: &str, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/{what}", mac.id()), body)
        .await
}

#[tokio::test]
async fn the_plan_tells_the_name_and_the_mac_gets_it_with_seals_that_open() {
    let app = TestApp::start().await;
    for (number, target, name) in [
        (1, json!({ "username": "bob" }), "bob"),
        (2, json!({ "uid": 502 }), "bob"),
        (3, json!({ "alias": "bobby@example.org" }), "bob"),
        (4, json!({ "alias": "cleo" }), "cleo"),
        (5, json!({ "with_role": "standard" }), "bob"),
        (6, json!({ "with_role": "administrator" }), "cleo"),
    ] {
        let mac = app.enrolled(FakeMac::new(number, mac_with(accounts()))).await;
        let mut body = reset(target.clone());
        let planned = ask(&app, &mac, "plan", &body).await.expect(200);
        assert!(planned["refusal"].is_null(), "{planned}");
        assert_eq!(planned["action"]["target"], name, "{target}");
        body["plan_id"] = planned["plan_id"].clone();
        let accepted = ask(&app, &mac, "actions", &body).await.expect(202);
        assert_eq!(accepted["action"]["target"], name);
        let offer = &mac.check_in(&app).await.offers[0];
        assert_eq!(offer.envelope.action.target().unwrap().as_str(), name);
        assert_eq!(mac.open(offer, SecretRole::Administrator), "planted-ada");
        assert_eq!(mac.open(offer, SecretRole::NewPassword), "planted-new");
    }
}

#[tokio::test]
async fn a_plan_that_was_agreed_to_is_another_one_once_the_choice_means_another() {
    let app = TestApp::start().await;
    let mut mac = app.enrolled(FakeMac::new(1, mac_with(accounts()))).await;
    let mut body = reset(json!({ "with_role": "standard" }));
    let planned = ask(&app, &mac, "plan", &body).await.expect(200);
    body["plan_id"] = planned["plan_id"].clone();
    let mut renamed = accounts();
    renamed[1].record_name = "robert".to_owned();
    mac.observation = mac_with(renamed);
    mac.check_in(&app).await;
    ask(&app, &mac, "actions", &body)
        .await
        .expect_problem(409, "plan_changed");
    assert!(mac.check_in(&app).await.offers.is_empty());
}

#[tokio::test]
async fn none_and_several_are_refused_with_who_fits_and_nothing_is_sent() {
    let app = TestApp::start().await;
    let alone = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let twins = app.enrolled(FakeMac::new(2, twins())).await;
    let mut unseen = FakeMac::new(3, healthy_mac());
    unseen.enroll(&app).await;
    for (mac, target, code, field) in [
        (&alone, json!({ "uid": 777 }), "target_not_matched", "target.uid"),
        (
            &alone,
            json!({ "alias": "bobby" }),
            "target_not_matched",
            "target.alias",
        ),
        (
            &alone,
            json!({ "with_role": "administrator" }),
            "target_not_matched",
            "target.with_role",
        ),
        (&twins, json!({ "uid": 502 }), "target_ambiguous", "target.uid"),
        (
            &twins,
            json!({ "alias": "bob" }),
            "target_ambiguous",
            "target.alias",
        ),
        (
            &twins,
            json!({ "with_role": "standard" }),
            "target_ambiguous",
            "target.with_role",
        ),
        (&unseen, json!({ "uid": 502 }), "not_observed", "target.uid"),
    ] {
        for what in ["plan", "actions"] {
            let answer = ask(&app, mac, what, &reset(target.clone())).await;
            let problem = answer.expect_problem(422, code);
            assert_eq!(problem["field"], field);
            assert!(problem["device"].is_string());
            let several = json!(["bob", "dan"]);
            let fitting = (code == "target_ambiguous").then_some(&several);
            assert_eq!(problem.get("accounts"), fitting, "{problem}");
            assert!(!answer.text.contains("planted"));
        }
    }
    for mac in [&alone, &twins] {
        assert!(mac.check_in(&app).await.offers.is_empty());
    }
}

#[tokio::test]
async fn one_choice_is_made_and_what_is_sealed_names_the_account() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for target in [
        json!({ "username": "bob", "uid": 502 }),
        json!({ "alias": "bob", "with_role": "standard" }),
    ] {
        let answer = ask(&app, &mac, "plan", &reset(target)).await;
        answer.expect_invalid(400, "target");
    }
    for (target, field) in [
        (json!({}), "target.username"),
        (json!({ "uid": "502" }), "target.uid"),
        (json!({ "with_role": "root" }), "target.with_role"),
    ] {
        ask(&app, &mac, "plan", &reset(target))
            .await
            .expect_invalid(400, field);
    }
    let sealed = json!({ "encapsulated_key": "A".repeat(43), "ciphertext": "A".repeat(363) });
    let mut body = reset(json!({ "uid": 502 }));
    body["administrator"] = json!({ "username": "ada", "sealed": sealed });
    body["new_password"] = json!({ "sealed": sealed });
    body["id"] = json!("01890a5d-ac96-774b-bcce-b302099a8057");
    body["not_after"] = json!(app.now_ms() + 60_000);
    ask(&app, &mac, "actions", &body)
        .await
        .expect_invalid(400, "target.uid");
    // Whose account is made has no account yet to be chosen.
    let created = json!({
        "kind": "create_account", "target": { "uid": 502, "full_name": "Bob", "password": "planted-new" },
    });
    ask(&app, &mac, "actions", &created)
        .await
        .expect_invalid(400, "target.username");
}

#[tokio::test]
async fn a_bulk_run_asks_each_mac_for_its_own_account_and_leaves_the_others_out() {
    let app = TestApp::start().await;
    let mut macs = Vec::new();
    for (number, observation) in (1..).zip([mac_with(accounts()), twins(), healthy_mac()]) {
        macs.push(app.enrolled(FakeMac::new(number, observation)).await);
    }
    let body = json!({
        "selector": { "all": true },
        "action": reset(json!({ "with_role": "administrator" })),
    });
    let planned = app.post("/api/v1/bulk-actions/plan", &body).await.expect(200);
    assert_eq!(planned["counts"]["ready"], 2, "{planned}");
    assert_eq!(planned["items"][0]["action"]["target"], "cleo");

    let by_uid = json!({ "selector": { "all": true }, "action": reset(json!({ "uid": 502 })) });
    let (path, run) = app.bulk_run(&by_uid).await;
    assert_eq!(run["action"]["target"], json!({ "uid": 502 }));
    app.advance_runs().await;
    for mac in [&macs[0], &macs[2]] {
        let offer = &mac.check_in(&app).await.offers[0];
        assert_eq!(offer.envelope.action.target().unwrap().as_str(), "bob");
        assert_eq!(mac.open(offer, SecretRole::NewPassword), "planted-new");
    }
    assert!(macs[1].check_in(&app).await.offers.is_empty());
    let lacking = app
        .get(format!("{path}/members?readiness=needs_person"))
        .await
        .expect(200);
    assert_eq!(lacking["items"][0]["code"], "target_ambiguous");
    let detail = lacking["items"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("bob, dan") && detail.contains("Mac 2"),
        "{detail}"
    );
}

#[tokio::test]
async fn what_if_counts_macs_on_which_the_account_cannot_be_told() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, mac_with(accounts()))).await;
    app.enrolled(FakeMac::new(2, twins())).await;
    let question = json!({
        "selector": { "all": true },
        "action": { "kind": "delete_account", "target": { "with_role": "standard" } },
    });
    let answer = app.post("/api/v1/what-if", &question).await.expect(200);
    let untold = &answer["items"][1];
    assert_eq!(untold["verdict"], "cannot_tell", "{answer}");
    let detail = untold["detail"].as_str().unwrap();
    assert!(detail.contains("bob, dan"), "{detail}");
}

#[tokio::test]
async fn the_accounts_of_a_mac_have_their_further_names() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, mac_with(accounts()))).await;
    let listed = app
        .get(format!("/api/v1/devices/{}/accounts", mac.id()))
        .await
        .expect(200);
    assert_eq!(listed["items"][1]["aliases"], json!(["bobby@example.org"]));
    assert_eq!(listed["items"][0]["aliases"], json!([]));
}
