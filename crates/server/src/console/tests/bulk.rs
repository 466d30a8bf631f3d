//! Bulk runs by forms: Macs are ticked, planned, confirmed by their number, and watched.

use serde_json::{Value, json};
use trust::action::SecretRole;
use trust::code::Code;

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders};

const GRANT: &str = "kind=grant-secure-token&administrator=ada&target=bob";

const PASSWORDS: [(&str, &str); 2] = [
    ("administrator_password", "planted-1 %password% %"),
    ("target_password", "planted-2"),
];

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    fields.iter().map(owned).collect()
}

/// Every hidden field of the confirmation on a plan's page.
async fn confirmation(grace: &Grace<'_>, plan: &str) -> Vec<(String, String)> {
    let page = grace.read(plan).await;
    let form = page.split("action=\"/bulk\">").nth(1).unwrap();
    let hidden = form.split("<input type=\"hidden\" name=\"").skip(1);
    hidden
        .map(|field| {
            let (name, rest) = field.split_once("\" value=\"").unwrap();
            (name.to_owned(), rest.split('"').next().unwrap().to_owned())
        })
        .collect()
}

async fn runs(app: &TestApp) -> Vec<Value> {
    let runs = app.get("/api/v1/bulk-actions").await.expect(200);
    runs["items"].as_array().unwrap().clone()
}

/// Waits until a run is prepared.
async fn prepared(app: &TestApp, id: &str) {
    let mut events = app.app.events.watch();
    let path = format!("/api/v1/bulk-actions/{id}");
    while app.get(&path).await.expect(200)["state"] == "preparing" {
        events.recv().await.unwrap();
    }
}

/// Confirms a plan. Answers the id of its run, which is prepared.
async fn begun(app: &TestApp, grace: &Grace<'_>, plan: &str, typed: &str) -> String {
    let mut fields = confirmation(grace, plan).await;
    fields.extend(owned(&PASSWORDS));
    fields.extend(owned(&[("typed", typed)]));
    let answer = grace.send("/bulk", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let location = answer.headers["location"].to_str().unwrap();
    let id = location.trim_start_matches("/bulk/").to_owned();
    prepared(app, &id).await;
    id
}

#[tokio::test]
async fn an_empty_list_leads_to_the_form_and_manage_does_too() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let page = grace.read("/bulk").await;
    assert!(page.contains("Nothing has been asked of many Macs yet.") && page.contains("/bulk/new"));
    let macs = app.healthy_macs(2).await;
    let manage = grace.read("/?q=mac").await;
    for mac in &macs {
        let tick = format!("name=\"device\" value=\"{}\"", mac.id());
        assert!(manage.contains(&tick), "{tick}");
    }
    assert!(manage.contains("Ask the ticked Macs") && manage.contains("Ask all that match"));
    assert!(manage.contains("type=\"hidden\" name=\"q\" value=\"mac\""));
    let for_one = grace.read("/?for=grant-secure-token").await;
    assert!(
        !for_one.contains("name=\"device\""),
        "one Mac is chosen by its name"
    );
    let form = grace
        .read(&format!("/bulk/new?which=chosen&device={}", macs[1].id()))
        .await;
    assert!(form.contains("Mac 2") && !form.contains("Mac 1</"));
    for page in [
        "/bulk/new?which=chosen",
        "/bulk/plan?which=chosen&administrator=ada&target=ben",
    ] {
        let none = grace.open(page).await.text;
        assert!(none.contains("No Mac is ticked."), "{page}");
        assert!(!none.contains("Type "), "{page}");
    }
}

#[tokio::test]
async fn the_form_knows_the_finding_that_its_address_names() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let form = grace.read("/bulk/new?finding=primary_user_without_token").await;
    assert!(form.contains("value=\"primary_user_without_token\" selected"));
    let unknown = grace.open("/bulk/new?finding=nonsense").await;
    assert_eq!(
        unknown.status, 400,
        "a filter that nobody knows must not become none"
    );
    let plan = grace
        .read(&format!("/bulk/plan?finding=primary_user_without_token&{GRANT}"))
        .await;
    let title = Code::PrimaryUserWithoutToken.entry().title;
    assert!(plan.contains(title) && plan.contains("no Mac is ready"));
}

#[tokio::test]
async fn the_filter_by_service_account_goes_from_manage_to_the_run() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.healthy_macs(1).await;
    let manage = grace.read("/?service_account=unknown").await;
    assert!(manage.contains("Ask all that match"));
    assert!(manage.contains("type=\"hidden\" name=\"service_account\" value=\"unknown\""));
    let form = grace
        .read("/bulk/new?which=matching&service_account=unknown")
        .await;
    assert!(form.contains("value=\"unknown\" selected"));
    let unknown = grace.open("/bulk/new?service_account=nonsense").await;
    assert_eq!(
        unknown.status, 400,
        "a filter that nobody knows must not become none"
    );
    let plan = format!("/bulk/plan?service_account=unknown&{GRANT}");
    let page = grace.read(&plan).await;
    assert!(page.contains("service account: unknown") && page.contains("Type <strong>1</strong>"));
    begun(&app, &grace, &plan, "1").await;
    assert_eq!(
        runs(&app).await[0]["selector"]["search"]["service_account"],
        "unknown"
    );
}

#[tokio::test]
async fn the_form_for_people_without_a_token_knows_whose_account_it_is() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.healthy_macs(1).await;
    let form = grace.read("/bulk/new?finding=primary_user_without_token").await;
    let filled = |form: &str, field: &str, value: &str| {
        let input = form.split(&format!("id=\"{field}\"")).nth(1).unwrap();
        assert!(
            input
                .split('>')
                .next()
                .unwrap()
                .contains(&format!("value=\"{value}\"")),
            "{field}: {input}"
        );
    };
    filled(&form, "target", "%username%");
    filled(&form, "target_password_from", "%password%");
    let own = grace
        .read("/bulk/new?finding=primary_user_without_token&target=svc")
        .await;
    filled(&own, "target", "svc");
    filled(&grace.read("/bulk/new?finding=no_granter").await, "target", "");
}

#[tokio::test]
async fn a_plan_groups_the_macs_and_sends_nothing() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.healthy_macs(2).await;
    app.enrolled(FakeMac::new(3, mac_without_holders())).await;
    let plan = grace.read(&format!("/bulk/plan?{GRANT}")).await;
    for text in [
        "Mac 1",
        "Mac 2",
        "Needs a person",
        "Type <strong>2</strong>",
        "Every Mac",
        "Grant Secure Token: ada → bob",
    ] {
        assert!(plan.contains(text), "{text}");
    }
    assert!(!plan.contains("Mac 3</a>"));
    let people = grace
        .read(&format!("/bulk/plan?{GRANT}&group=needs_person"))
        .await;
    assert!(people.contains("Mac 3</a>") && people.contains(Code::ChainBroken.entry().title));
    assert!(!people.contains("Mac 1</a>"));
    assert!(runs(&app).await.is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_told_at_its_field() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.healthy_macs(1).await;
    for (filled, field) in [
        ("target=bob", "administrator"),
        (&format!("{GRANT}&canary=none"), "canary"),
        (&format!("{GRANT}&canary=200&canary_unit=percent"), "canary"),
        (&format!("{GRANT}&in_flight=0"), "in_flight"),
        (
            &format!("{GRANT}&stop_at_failure_percent=101"),
            "stop_at_failure_percent",
        ),
        (&format!("{GRANT}&not_before=soon"), "not_before"),
        (&format!("{GRANT}&not_after=2001-01-01T00:00"), "not_after"),
        (
            &format!("{GRANT}&target_password_from=secret"),
            "target_password_from",
        ),
        ("administrator=ada&target=%25password%25", "target"),
    ] {
        let answer = grace.open(&format!("/bulk/plan?{filled}")).await;
        assert_eq!(answer.status, 422, "{filled}: {}", answer.text);
        assert!(answer.text.contains(&format!("id=\"{field}-error\"")), "{filled}");
    }
}

#[tokio::test]
async fn a_run_begins_when_its_number_is_typed_and_only_then() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let macs = app.healthy_macs(2).await;
    let plan = format!("/bulk/plan?{GRANT}&canary=1");
    let fields = confirmation(&grace, &plan).await;
    let with = |more: &[(&str, &str)]| {
        let mut fields = fields.clone();
        fields.extend(owned(more));
        fields
    };
    let [administrator, target] = PASSWORDS;
    for (more, wrong) in [
        (vec![administrator, target], "typed"),
        (vec![administrator, target, ("typed", "3")], "typed"),
        (vec![target, ("typed", "2")], "administrator_password"),
    ] {
        let answer = grace.send("/bulk", &with(&more)).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains(&format!("id=\"{wrong}-error\"")), "{wrong}");
        assert!(!answer.text.contains("planted"), "{wrong}");
    }
    assert!(runs(&app).await.is_empty());
    let whole = with(&[administrator, target, ("typed", "2")]);
    let first = grace.send("/bulk", &whole).await;
    let second = grace.send("/bulk", &whole).await;
    assert_eq!(first.status, 303, "{}", first.text);
    assert_eq!(second.status, 303, "{}", second.text);
    assert_eq!(first.headers["location"], second.headers["location"]);
    let runs = runs(&app).await;
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0]["canary"], json!({ "count": 1 }));

    prepared(&app, runs[0]["id"].as_str().unwrap()).await;
    app.advance_runs().await;
    let mut offers = macs[0].check_in(&app).await.offers;
    offers.extend(macs[1].check_in(&app).await.offers);
    assert_eq!(offers.len(), 1, "the canary goes first");
    let opened = macs.iter().find(|mac| mac.id() == offers[0].envelope.device_id);
    let typed = opened.unwrap().open(&offers[0], SecretRole::Administrator);
    assert_eq!(typed, administrator.1, "what is typed is no wildcard");
}

#[tokio::test]
async fn a_number_that_no_longer_holds_and_another_session_begin_nothing() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let other = Grace::in_front_of(&app).await;
    app.healthy_macs(1).await;
    let plan = format!("/bulk/plan?{GRANT}");
    let mut fields = confirmation(&grace, &plan).await;
    fields.extend(owned(&PASSWORDS));
    fields.extend(owned(&[("typed", "1")]));
    let answer = other.send("/bulk", &fields).await;
    assert_eq!(answer.status, 403);
    assert!(!answer.text.contains("planted"));
    assert!(runs(&app).await.is_empty());

    let second = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    let answer = grace.send("/bulk", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let path = answer.headers["location"].to_str().unwrap().to_owned();
    prepared(&app, path.trim_start_matches("/bulk/")).await;
    app.advance_runs().await;
    assert!(second.check_in(&app).await.offers.is_empty());
    let page = grace.read(&path).await;
    assert!(page.contains(Code::BulkPlanChanged.entry().title) && page.contains("Continue"));
}

#[tokio::test]
async fn a_plan_that_is_kept_no_longer_is_made_again() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.healthy_macs(1).await;
    let mut fields = confirmation(&grace, &format!("/bulk/plan?{GRANT}")).await;
    fields.extend(owned(&PASSWORDS));
    fields.extend(owned(&[("typed", "1")]));
    app.enrolled(FakeMac::new(2, healthy_mac())).await;
    app.advance(std::time::Duration::from_mins(16));
    app.get("/api/v1/bulk-actions").await.expect(200);
    app.post("/api/v1/bulk-actions/plan", &crate::testing::bulk_grant())
        .await
        .expect(200);
    let answer = grace.send("/bulk", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("The plan has changed: now 2 are ready."));
    assert!(runs(&app).await.is_empty());
}

/// No number by group is told before every Mac is counted, and looking again does not begin again.
#[tokio::test]
async fn a_plan_under_way_is_looked_at_until_it_is_made() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.healthy_macs(2).await;
    let paused = app.app.plans.pause().await;
    let begun = app
        .send(crate::testing::Call::get(format!("/bulk/plan?{GRANT}")).header("cookie", &grace.cookie))
        .await;
    assert_eq!(begun.status, 303);
    let kept = begun.headers["location"].to_str().unwrap().to_owned();
    let page = grace.read(&kept).await;
    for text in ["The Macs are being planned.", "data-again", "Look again"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Confirm") && !page.contains("Ready"));
    drop(paused);
    let page = grace.read(&kept).await;
    assert!(page.contains("Type <strong>2</strong>") && !page.contains("data-again"));
    let fields = confirmation(&grace, &kept).await;
    let id = kept.rsplit("plan=").next().unwrap();
    assert!(fields.contains(&("plan".to_owned(), id.to_owned())), "{fields:?}");
}

#[tokio::test]
async fn a_run_is_watched_stopped_continued_and_called_back() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    let macs = app.healthy_macs(3).await;
    app.enrolled(FakeMac::new(4, mac_without_holders())).await;
    let id = begun(&app, &grace, &format!("/bulk/plan?{GRANT}&canary=1"), "3").await;
    app.advance_runs().await;
    let path = format!("/bulk/{id}");
    let page = grace.read(&path).await;
    for text in [
        "0 of 3 ended",
        "held",
        "need a person",
        "Mac 4",
        "results.csv",
        "Stop",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let held = app
        .get(format!("/api/v1/bulk-actions/{id}/members?state=queued"))
        .await
        .expect(200);
    let held = held["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["held"] == true)
        .unwrap();
    let action = grace
        .read(&format!("/actions/{}", held["action_id"].as_str().unwrap()))
        .await;
    assert!(action.contains("Its bulk run holds it back.") && action.contains(&path));

    let mut keys = grace.hidden(&path).await;
    keys.extend(owned(&[("reason", "too early")]));
    assert_eq!(grace.send(&format!("{path}/stop"), &keys).await.status, 303);
    let page = grace.read(&path).await;
    assert!(page.contains("It sends nothing more until somebody continues it.") && page.contains("Continue"));
    let mut keys = grace.hidden(&path).await;
    keys.extend(owned(&[("reason", "now then")]));
    assert_eq!(grace.send(&format!("{path}/continue"), &keys).await.status, 303);
    let page = grace.read(&path).await;
    assert!(page.contains("It goes through its Macs") && !page.contains("<dt>Stopped</dt>"));
    let told: Vec<usize> = [
        "What happened",
        "Continued",
        "now then",
        "Stopped",
        "too early",
        "Asked",
    ]
    .iter()
    .scan(0, |from, text| {
        *from += page[*from..]
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {page}"));
        Some(*from)
    })
    .collect();
    assert!(told.is_sorted());
    assert!(page[told[0]..].contains("by grace") && !page[told[0]..].contains("before this Mac began"));
    let keys = grace.hidden(&path).await;
    let again = grace.send(&format!("{path}/continue"), &keys).await;
    assert_eq!(again.status, 409);
    assert!(again.text.contains(Code::BulkNotStopped.entry().title));
    let keys = grace.hidden(&path).await;
    assert_eq!(grace.send(&format!("{path}/cancel"), &keys).await.status, 303);
    app.advance_runs().await;
    let page = grace.read(&path).await;
    assert!(page.contains("3 of 3 ended") && !page.contains("Cancel run"));
    let happened = page.split("What happened").nth(1).unwrap();
    assert!(
        happened.contains("Finished<") && !happened.contains("/codes/"),
        "{happened}"
    );
    let cancelled = grace.read(&format!("{path}?result=cancelled")).await;
    assert!(cancelled.contains("Mac 1") && !cancelled.contains("Mac 4"));
    let people = grace.read(&format!("{path}?result=needs_person")).await;
    assert!(people.contains("Mac 4") && !people.contains("Mac 1</a>"));
    assert!(
        grace
            .read(&format!("{path}?result=running"))
            .await
            .contains("No Mac has this result.")
    );
    assert!(grace.read("/bulk").await.contains("3 of 3 ended"));
    assert!(macs[0].check_in(&app).await.offers.is_empty());
    let other = grace.open("/bulk/00000000-0000-4000-8000-000000000000").await;
    assert_eq!(other.status, 404);
}
