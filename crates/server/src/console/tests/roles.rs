//! What a page offers, its reader may do.

use axum::http::Method;
use serde_json::json;
use trust::access::{Permission, Role};

use crate::access::{Need, need};
use crate::testing::{Call, FakeMac, Person, TestApp, healthy_mac};

/// The route's path of a form's address.
fn route(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap();
    let parts: Vec<&str> = path
        .split('/')
        .enumerate()
        .map(|(at, part)| match (at, part.len()) {
            (2.., 36) => "{id}",
            (2, _) if path.starts_with("/enrolment-data/") && part != "import" => "{serial_number}",
            (2, _) if path.starts_with("/vault/") => "{serial_number}",
            (3, _) if path.starts_with("/vault/") => "{kind}",
            (2, _) if path.starts_with("/api-tokens/") => "{name}",
            _ => part,
        })
        .collect();
    parts.join("/")
}

/// The addresses to which the page's forms post.
fn posts(page: &str) -> Vec<String> {
    let forms = page
        .split("<form ")
        .skip(1)
        .map(|form| form.split('>').next().unwrap());
    let addresses = forms.filter(|form| form.contains("method=\"post\"")).map(|form| {
        let action = form.split("action=\"").nth(1).unwrap();
        action.split('"').next().unwrap().to_owned()
    });
    addresses.collect()
}

#[tokio::test]
async fn no_page_has_a_form_that_its_reader_may_not_send() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let waiting = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.bind(&Person::new("SERIAL1", "bob")).await;
    let action = app.grant(&mac).await;
    mac.escrow_key(&app, 1, "ABCD-2345-EFGH-6789-JKLM-NPQR").await;
    let pages = [
        "/".to_owned(),
        format!("/devices/{}", mac.id()),
        format!("/devices/{}", waiting.id()),
        format!("/devices/{}/recovery", mac.id()),
        format!("/devices/{}/recovery-key", mac.id()),
        format!("/devices/{}/policy-conflict", mac.id()),
        "/vault".to_owned(),
        "/vault/SERIAL1/personal_recovery_key".to_owned(),
        format!("/actions/{}", action["id"].as_str().unwrap()),
        "/needs-attention".to_owned(),
        "/remote-actions".to_owned(),
        "/bulk".to_owned(),
        "/what-if".to_owned(),
        "/actions".to_owned(),
        "/enrolment-data".to_owned(),
        "/enrolment-data/SERIAL1".to_owned(),
        "/policies".to_owned(),
        "/account".to_owned(),
    ];
    // Who may ask is not shown to everybody.
    let about_people = ["/people", "/sessions", "/api-tokens", "/support"].map(str::to_owned);
    let mut counts = Vec::new();
    for role in Role::ALL {
        let body = json!({ "name": format!("a-{role}"), "role": role });
        let invitation = app.post("/api/v1/people", &body).await.expect(201);
        let cookie = app.accept(&invitation, "a long sentence").await;
        let mut count = 0;
        let about_people = about_people
            .iter()
            .filter(|_| role.rights().may(Permission::ReadAudit));
        for page in pages.iter().chain(about_people) {
            let shown = app.send(Call::get(page).header("cookie", cookie.clone())).await;
            assert_eq!(shown.status, 200, "{role}: {page}");
            for address in posts(&shown.text) {
                let Need::May(permission) = need(&Method::POST, &route(&address)) else {
                    let is_own = address == "/sign-out" || address.starts_with("/account/");
                    assert!(is_own, "{role}: {page}: {address}");
                    continue;
                };
                let may = role.rights().may(permission);
                assert!(may, "{role} may not send {address}, which stands on {page}");
                count += 1;
            }
        }
        counts.push(count);
    }
    let [viewer, help_desk, auditor, administrator, owner] = counts[..] else {
        unreachable!("there are five roles");
    };
    assert_eq!((viewer, auditor), (0, 0));
    assert!(
        0 < help_desk && help_desk < administrator && administrator < owner,
        "{counts:?}"
    );
}

#[tokio::test]
async fn whoever_may_not_reads_who_may() {
    let app = TestApp::start().await;
    let body = json!({ "name": "vic", "role": "viewer" });
    let invitation = app.post("/api/v1/people", &body).await.expect(201);
    let cookie = app.accept(&invitation, "a long sentence").await;
    let get = |path: &str| app.send(Call::get(path).header("cookie", cookie.clone()));
    let policies = get("/policies").await;
    let words = "To change policies takes the role administrator or owner.";
    assert!(policies.text.contains(words), "{}", policies.text);
    let refused = get("/bulk/new").await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text.contains("administrator or owner"),
        "{}",
        refused.text
    );
}
