//! Enrolment data: the list, the record of a Mac, its person on the Mac's page, and in forms.

use serde_json::json;
use trust::action::SecretRole;

use super::grace::Grace;
use crate::testing::{Answer, Call, FakeMac, Person, TestApp, healthy_mac};

const PATH: &str = "/enrolment-data/SERIAL1";

/// Fills in the form of a record, with everything that stands in it already but for what is given.
async fn save(grace: &Grace<'_>, path: &str, filled: &[(&str, &str)]) -> Answer {
    let page = grace.read(path).await;
    let mut fields = grace.hidden(path).await;
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap();
    fields.push(("seen".to_owned(), seen.split('"').next().unwrap().to_owned()));
    fields.extend(
        filled
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    grace.send(path, &fields).await
}

async fn press(grace: &Grace<'_>, action: &str, filled: &[(&str, &str)]) -> Answer {
    let mut fields = grace.hidden(PATH).await;
    fields.extend(
        filled
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    grace.send(&format!("{PATH}/{action}"), &fields).await
}

#[tokio::test]
async fn the_list_says_how_to_begin_and_finds_people() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let empty = grace.read("/enrolment-data").await;
    for text in [
        "Nobody is known yet.",
        "Import a table",
        "make a link for its person",
    ] {
        assert!(empty.contains(text), "{text}");
    }
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.bind(&Person::new("SERIAL1", "ada").with_secret("password", "planted"))
        .await;
    app.bind(&Person::new("LATER", "ben")).await;
    let page = grace.read("/enrolment-data").await;
    for text in [
        "Full ada",
        "ada@example.org",
        "1 usable",
        "not enrolled yet",
        "Full ben",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("planted") && !page.contains("Nobody is known"));
    let found = grace.read("/enrolment-data?q=Full+ad").await;
    assert!(found.contains("Full ada") && !found.contains("Full ben"));
    let none = grace.read("/enrolment-data?q=zoe").await;
    assert!(none.contains("Nobody and no Mac matches."));
}

#[tokio::test]
async fn a_long_list_goes_on() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for number in 0..=100 {
        app.bind(&Person::new(&format!("S{number:03}"), "ada")).await;
    }
    let first = grace.read("/enrolment-data?q=ada").await;
    assert!(first.contains("S099") && !first.contains("S100"));
    let next = first
        .split("href=\"/enrolment-data?q=ada&amp;cursor=")
        .nth(1)
        .unwrap();
    let next = next.split('"').next().unwrap();
    let second = grace.read(&format!("/enrolment-data?q=ada&cursor={next}")).await;
    assert!(second.contains("S100") && !second.contains("S099") && !second.contains("More</a>"));
}

#[tokio::test]
async fn the_record_of_any_mac_can_be_opened() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let answer = app
        .send(Call::get("/enrolment-data/record?serial_number=+c02%3Fx+").header("cookie", &grace.cookie))
        .await;
    assert_eq!(answer.status, 303);
    let location = answer.headers["location"].to_str().unwrap();
    assert_eq!(location, "/enrolment-data/C02%3FX");
    let page = grace.read(location).await;
    for text in [
        "C02?X",
        "Nobody is known to use this Mac yet.",
        "not enrolled yet",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let wrong = grace.open("/enrolment-data/record?serial_number=a+b").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("This cannot be one: a serial number has"));
}

#[tokio::test]
async fn a_record_is_made_changed_and_forgotten() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let person = [
        ("full_name", "Bob O’Neill"),
        ("username", "bob@example.org"),
        ("email", "bob@example.org"),
        ("account", "bob"),
        ("new_attribute", "Room"),
        ("new_value", "3"),
        ("secret.password", " planted-1 "),
        ("new_secret", "admin_password"),
        ("new_secret_value", "planted-2"),
    ];
    let answer = save(&grace, PATH, &person).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            &answer.headers["location"].to_str().unwrap()
        ),
        (303, &PATH)
    );
    let record = app.get("/api/v1/enrolment-records/SERIAL1").await.expect(200);
    assert_eq!(record["bound_account"], "bob");
    assert_eq!(record["attributes"], json!({ "room": "3" }));
    assert_eq!(record["secrets"].as_array().unwrap().len(), 2);
    let page = grace.read(PATH).await;
    for text in [
        "Bob O’Neill",
        "%password%",
        "%admin_password%",
        "collected on",
        "usable",
        "Destroy %password%",
        "by an administrator",
        "absent",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("planted"));

    // Blank is forgotten, but for secrets, which are destroyed by a tick only.
    let less = [
        ("full_name", "Bob"),
        ("username", "bob"),
        ("attribute.room", ""),
        ("destroy.admin_password", "true"),
    ];
    assert_eq!(save(&grace, PATH, &less).await.status, 303);
    let record = app.get("/api/v1/enrolment-records/SERIAL1").await.expect(200);
    assert_eq!(
        (&record["email"], &record["attributes"]),
        (&json!(null), &json!({}))
    );
    assert_eq!(record["secrets"][0]["attribute"], "password");
    assert_eq!(record["secrets"].as_array().unwrap().len(), 1);
    let shown = grace.read(&format!("/devices/{}", mac.id())).await;
    for text in [
        "Person",
        "Open the enrolment record",
        "%password%",
        "collected on",
    ] {
        assert!(shown.contains(text), "{text}");
    }

    let answer = press(&grace, "forget", &[]).await;
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.headers["location"].to_str().unwrap()
        ),
        (303, "/enrolment-data")
    );
    assert!(
        grace
            .read("/enrolment-data")
            .await
            .contains("Nobody is known yet.")
    );
    let shown = grace.read(&format!("/devices/{}", mac.id())).await;
    assert!(shown.contains("Say who uses it"));
    let audit = app.get("/api/v1/audit").await.expect(200);
    let verbs: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["verb"])
        .collect();
    assert_eq!(
        verbs[..3],
        [
            "enrolment_record.forgotten",
            "enrolment_record.saved",
            "enrolment_record.saved"
        ]
    );
    assert_eq!(audit["items"][0]["actor"], "person:grace");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_secret_comes_back() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.bind(
        &Person::new("OTHER", "eve")
            .with("desk", "4")
            .with_secret("pin", "1"),
    )
    .await;
    let wrong = [
        ("full_name", "-"),
        ("username", "a/b"),
        ("email", "nobody"),
        ("new_attribute", "pin"),
        ("new_value", "2"),
        ("secret.password", "planted\nplanted"),
        ("new_secret", "desk"),
        ("new_secret_value", "planted"),
    ];
    let answer = save(&grace, PATH, &wrong).await;
    assert_eq!(answer.status, 422);
    for text in [
        "Nothing was saved.",
        "href=\"#full_name\"",
        "href=\"#username\"",
        "href=\"#email\"",
        "This attribute is secret",
        "href=\"#secret.password\"",
        "This attribute is not secret",
        "value=\"nobody\"",
    ] {
        assert!(answer.text.contains(text), "{text}");
    }
    assert!(!answer.text.contains("planted"));
    for (half, error) in [
        (
            [("new_attribute", "room"), ("new_value", "")],
            "Enter the attribute&#39;s value, too.",
        ),
        (
            [("new_attribute", ""), ("new_value", "3")],
            "Enter the attribute&#39;s name, too.",
        ),
        (
            [("new_secret", "pin2"), ("new_secret_value", "")],
            "Enter the secret, too.",
        ),
        (
            [("new_secret", ""), ("new_secret_value", "x")],
            "Enter the secret&#39;s name, too.",
        ),
        (
            [("new_secret", "username"), ("new_secret_value", "x")],
            "the name of a built-in wildcard",
        ),
    ] {
        let answer = save(&grace, PATH, &half).await;
        assert_eq!(answer.status, 422);
        let text = answer.text.replace('\'', "&#39;");
        assert!(text.contains(error), "{error}: {text}");
    }
    app.get("/api/v1/enrolment-records/SERIAL1")
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn what_somebody_else_has_changed_is_not_overwritten() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.bind(&Person::new("SERIAL1", "ada")).await;
    let mut fields = grace.hidden(PATH).await;
    fields.push(("seen".to_owned(), "1".to_owned()));
    fields.push(("full_name".to_owned(), "Eve".to_owned()));
    let answer = grace.send(PATH, &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("has been changed since you opened it") && answer.text.contains("Full ada"));
    let record = app.get("/api/v1/enrolment-records/SERIAL1").await.expect(200);
    assert_eq!(record["full_name"], "Full ada");
}

#[tokio::test]
async fn a_link_is_shown_once_and_opens_the_persons_page() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mut fields = grace.hidden(PATH).await;
    fields.push(("days".to_owned(), "1".to_owned()));
    let call = Call::post(format!("{PATH}/link"))
        .header("cookie", &grace.cookie)
        .header("host", "bestow.example");
    let answer = app.send(call.clone().form(&fields)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let link = answer.text.split("http://bestow.example").nth(1).unwrap();
    let link = link.split('<').next().unwrap();
    assert!(link.starts_with("/enrolment/bestow_person_"), "{link}");
    assert_eq!(answer.headers["cache-control"], "no-store");
    let page = app.send(Call::get(link)).await;
    assert!(page.text.contains("Who uses this Mac?"));
    let again = app.send(call.form(&fields)).await;
    assert_eq!(again.status, 409);
    assert!(!again.text.contains("bestow_person_"));
    assert!(!grace.read(PATH).await.contains("bestow_person_"));
    assert_eq!(press(&grace, "link", &[("days", "31")]).await.status, 400);
}

#[tokio::test]
async fn the_plan_shows_what_wildcards_mean_on_the_mac() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let order = [
        ("administrator", "ada"),
        ("target", "%username%"),
        ("target_password_from", "%password%"),
        ("check", "true"),
    ];
    let answer = grace.fill_in(&mac, "grant-secure-token", &order).await;
    for text in [
        "A wildcard has no meaning on this Mac.",
        "href=\"/enrolment-data/SERIAL1\"",
    ] {
        assert!(answer.text.contains(text), "{text}: {}", answer.text);
    }
    app.bind(&Person::new("SERIAL1", "bob").with_secret("password", "planted"))
        .await;
    let answer = grace.fill_in(&mac, "grant-secure-token", &order).await;
    assert_eq!(answer.status, 200);
    for text in [
        "What the wildcards mean here",
        "<code>%username%</code></dt><dd>bob</dd>",
        "<code>%password%</code></dt><dd>collected on",
        "This can be sent.",
    ] {
        assert!(answer.text.contains(text), "{text}: {}", answer.text);
    }
    assert!(!answer.text.contains("planted"));
}

#[tokio::test]
async fn the_policy_lists_the_macs_whose_person_holds_no_token() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.enrolled(FakeMac::new(2, healthy_mac())).await;
    app.bind(&Person::new("SERIAL1", "bob")).await;
    app.bind(&Person::new("SERIAL2", "zoe")).await;
    assert!(!grace.read("/policies").await.contains("Full bob"));
    let turn = async |enabled: &str| {
        let mut fields = grace.hidden("/policies").await;
        fields.push(("enabled".to_owned(), enabled.to_owned()));
        grace
            .send("/policies/token-for-primary-users", &fields)
            .await
            .status
    };
    assert_eq!(turn("perhaps").await, 400);
    assert_eq!(turn("true").await, 303);
    let page = grace.read("/policies").await;
    for text in [
        "2 Macs whose person holds no token",
        "Full bob",
        "absent",
        "Needs a credential",
        "no account yet",
        "/bulk/new?finding=primary_user_without_token",
        "Open the form, filled in",
    ] {
        assert!(page.contains(text), "{text}");
    }
    app.bind(&Person::new("SERIAL1", "ada")).await;
    app.bind(&Person::new("SERIAL2", "ada")).await;
    assert_eq!(turn("false").await, 303);
    assert!(!grace.read("/policies").await.contains("Full"));
}

#[tokio::test]
async fn a_password_is_typed_or_named_by_a_wildcard() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.bind(&Person::new("SERIAL1", "bob").with_secret("password", "planted"))
        .await;
    let names = [
        ("administrator", "ada"),
        ("administrator_password", "100%username%"),
        ("target", "%username%"),
    ];
    for (more, error) in [
        (
            &[("target_password_from", "hunter2")][..],
            "Enter one wildcard and nothing else",
        ),
        (
            &[("target_password_from", "%password%"), ("target_password", "x")],
            "not both",
        ),
        (&[], "Enter the target account&#39;s password."),
        (&[("target_password_from", "%pin%")], "it is not known"),
    ] {
        let filled: Vec<_> = names.iter().chain(more).copied().collect();
        let answer = grace.fill_in(&mac, "grant-secure-token", &filled).await;
        assert_eq!(answer.status, 422, "{more:?}");
        assert!(
            answer.text.replace('\'', "&#39;").contains(error),
            "{error}: {}",
            answer.text
        );
        assert!(!answer.text.contains("100%"));
    }
    let filled: Vec<_> = names
        .into_iter()
        .chain([("target_password_from", "%password%")])
        .collect();
    let answer = grace.fill_in(&mac, "grant-secure-token", &filled).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let offer = &mac.check_in(&app).await.offers[0];
    assert_eq!(
        mac.open(offer, SecretRole::Administrator),
        "100%username%",
        "as it was typed"
    );
    assert_eq!(mac.open(offer, SecretRole::Target), "planted");
}
