use serde_json::{Value, json};
use trust::action::{ActionTemplate, DeleteAccountTemplate};
use trust::observation::{Observation, TokenLabel};

use super::{Wanted, answer_of};
use crate::bulk_actions::selector::{Search, Selector};
use crate::testing::{FakeMac, TestApp, account, healthy_mac, mac_with};
use crate::what_if::input::{Question, Supposed};

const PATH: &str = "/api/v1/what-if";

/// Two administrators who hold.
fn two_holders() -> Observation {
    mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, true, TokenLabel::Enabled),
    ])
}

/// ada holds and administrates alone on three Macs, beside bob on one, with two others on one, none of them proved; one is not
/// seen, one has no ada.
async fn fleet() -> TestApp {
    let app = TestApp::start().await;
    for number in 1..=3 {
        app.enrolled(FakeMac::new(number, healthy_mac())).await;
    }
    app.enrolled(FakeMac::new(4, two_holders())).await;
    let three = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, true, TokenLabel::Enabled),
        account("carol", 503, true, TokenLabel::Enabled),
    ]);
    app.enrolled(FakeMac::new(5, three)).await;
    FakeMac::new(6, healthy_mac()).enroll(&app).await;
    let other = mac_with(vec![account("bob", 502, true, TokenLabel::Enabled)]);
    app.enrolled(FakeMac::new(7, other)).await;
    app
}

fn ask_for(kind: &str) -> Value {
    json!({ "selector": { "all": true }, "action": { "kind": kind, "target": { "username": "ada" } } })
}

#[tokio::test]
async fn it_counts_how_many_would_lose_the_last_of_what() {
    let app = fleet().await;
    for kind in ["delete_account", "disable_account"] {
        let answer = app.post(PATH, &ask_for(kind)).await.expect(200);
        let counts = &answer["counts"];
        let of = |verdict: &str| {
            let verdicts = counts["verdicts"].as_array().unwrap();
            let found = verdicts.iter().find(|count| count["verdict"] == verdict);
            found.unwrap()["count"].as_u64().unwrap()
        };
        assert_eq!(
            (&counts["complete"], &counts["devices"]),
            (&json!(true), &json!(7))
        );
        assert_eq!(
            ["cuts", "warns", "cannot_tell", "safe"].map(of),
            [3, 2, 1, 1],
            "{counts}"
        );
        assert_eq!(counts["not_concerned"], 1);
        assert_eq!(counts["losses"].as_array().unwrap().len(), 1);
        assert_eq!(
            counts["losses"][0]["sentence"],
            "3 of 7 Macs would lose their last holder"
        );
        let first = &answer["items"][0];
        assert_eq!(
            (&first["verdict"], &first["losses"][0]),
            (&json!("cuts"), &json!("last_holder"))
        );
        assert_eq!(first["before"]["granters"], json!(["ada"]));
        assert_eq!(first["after"]["granters"], json!([]));
    }
    let demoted = app.post(PATH, &ask_for("demote_account")).await.expect(200);
    assert_eq!(
        demoted["counts"]["losses"][0]["sentence"],
        "3 of 7 Macs would lose their last account that can hand a token on"
    );
    assert!(
        app.get("/api/v1/actions").await.expect(200)["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn an_account_that_no_mac_has_is_said_to_be_on_none() {
    let app = fleet().await;
    let mut misspelt = ask_for("delete_account");
    misspelt["action"]["target"]["username"] = json!("adda");
    let answer = app.post(PATH, &misspelt).await.expect(200);
    let counts = &answer["counts"];
    assert_eq!(
        (&counts["not_concerned"], &counts["losses"]),
        (&json!(6), &json!([]))
    );
    assert_eq!(
        counts["sentence"],
        "No Mac would be cut off, as far as can be told: of 1 of 7 it cannot."
    );
    let details = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["detail"]);
    let nobody = details.filter(|detail| *detail == "it has no account adda");
    assert_eq!(nobody.count(), 6);
}

#[tokio::test]
async fn it_answers_a_page_at_a_time_and_by_verdict() {
    let app = fleet().await;
    let path = format!("{PATH}?verdict=cuts&limit=2");
    let first = app.post(&path, &ask_for("delete_account")).await.expect(200);
    let names = |page: &Value| {
        let items = page["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["device_name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&first), ["Mac 1", "Mac 2"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app
        .post(format!("{path}&cursor={cursor}"), &ask_for("delete_account"))
        .await
        .expect(200);
    assert_eq!(names(&second), ["Mac 3"]);
    assert!(second["counts"].is_null() && second["next_cursor"].is_null());
}

#[tokio::test]
async fn an_agent_or_an_mdm_that_goes_can_be_supposed_too() {
    let app = TestApp::start().await;
    let bestow = account("_bestow", 499, true, TokenLabel::Enabled);
    let alone = mac_with(vec![bestow, account("ada", 501, true, TokenLabel::Disabled)]);
    app.enrolled(FakeMac::new(1, alone)).await;
    let suppose = |kind: &str| json!({ "selector": { "all": true }, "action": { "kind": kind } });
    let uninstalled = app.post(PATH, &suppose("uninstall")).await.expect(200);
    assert_eq!(uninstalled["items"][0]["losses"][0], "last_holder");
    assert_eq!(
        uninstalled["counts"]["losses"][0]["sentence"],
        "1 of 1 Mac would lose its last holder"
    );
    let left = app.post(PATH, &suppose("mdm_unenrol")).await.expect(200);
    assert_eq!(left["items"][0]["verdict"], "safe");
    for kind in ["rotate_service_account_password", "nonsense"] {
        let answer = app.post(PATH, &suppose(kind)).await;
        answer.expect_invalid(400, "action.kind");
    }
    let mut with_target = suppose("uninstall");
    with_target["action"]["target"] = json!({ "username": "ada" });
    app.post(PATH, &with_target).await.expect_invalid(400, "action");
}

#[tokio::test]
async fn a_wildcard_without_a_value_cannot_be_told() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let mut body = ask_for("delete_account");
    body["action"]["target"]["username"] = json!("%username%");
    let answer = app.post(PATH, &body).await.expect(200);
    assert_eq!(answer["items"][0]["verdict"], "cannot_tell");
    assert!(
        answer["items"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("username")
    );
}

#[tokio::test]
async fn a_count_goes_on_where_a_request_has_ended() {
    let app = TestApp::start().await;
    // More than are read at a time, so that one request does not reach the end.
    let macs = 130;
    for number in 1..=macs {
        app.enrolled(FakeMac::new(number, healthy_mac())).await;
    }
    let delete = DeleteAccountTemplate {
        target: "ada".parse().unwrap(),
        remove_home: false,
        confirm_device_name: None,
    };
    let question = Question {
        selector: Selector::Search(Search::default()),
        supposed: Supposed::action(ActionTemplate::DeleteAccount(delete)).unwrap(),
    };
    let ask = async |wanted: &Wanted| {
        let organization_id = app.setup.organization_id();
        answer_of(&app.app, organization_id, &question, wanted, 1).await
    };
    let first = ask(&Wanted::default()).await.unwrap();
    let counts = first.counts.unwrap();
    assert_eq!((counts.devices, counts.complete), (100, false));
    assert_eq!(first.items.len(), 50);
    let on = Wanted {
        count_from: counts.next,
        ..Wanted::default()
    };
    let rest = ask(&on).await.unwrap();
    let counts = rest.counts.unwrap();
    assert_eq!((counts.devices, counts.complete), (130, true));
    assert_eq!(
        counts.losses[0].sentence,
        "130 of 130 Macs would lose their last holder"
    );
    assert!(counts.next.is_none() && rest.items.is_empty() && rest.next_cursor.is_none());
    let forged = format!("{PATH}?count_from={}", on.count_from.unwrap());
    app.post(&forged, &ask_for("disable_account"))
        .await
        .expect_invalid(400, "count_from");
}
