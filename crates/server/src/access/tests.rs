//! Every operation as nobody and as each role; and nothing without a row.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::body::to_bytes;
use axum::http::Method;
use serde_json::{Value, json};
use store::actor::Actor;
use trust::access::{Permission, Role};
use trust::code::Code;

use super::{Need, allow, need};
use crate::identity::Caller;
use crate::testing::{Call, TestApp};
use crate::tests::operations::{example, operations};

/// What each role may, as this test expects it: written down a second time, so that a change of the table is a decision.
fn expected(role: Role, permission: Permission) -> bool {
    use Permission::{Act, ActOnMany, Enrol, LegalHold, ManagePeople, Read, ReadAudit, Reveal, SetPolicies};
    match permission {
        Read => true,
        ReadAudit => matches!(role, Role::Auditor | Role::Administrator | Role::Owner),
        Act => matches!(role, Role::HelpDesk | Role::Administrator | Role::Owner),
        ActOnMany | Enrol | SetPolicies | Reveal => matches!(role, Role::Administrator | Role::Owner),
        LegalHold | ManagePeople => role == Role::Owner,
    }
}

#[test]
fn every_operation_of_the_document_has_a_row() {
    for (method, path, is_public) in operations() {
        let need = need(&method, &path);
        let row = "add a row to crates/server/src/access/api.rs that says what it needs";
        assert_ne!(need, Need::Everything, "{method} {path}: {row}");
        assert_eq!(need == Need::Nothing, is_public, "{method} {path}");
    }
}

#[test]
fn every_row_belongs_to_an_operation() {
    let known: BTreeSet<(String, String)> = operations()
        .into_iter()
        .map(|(method, path, _)| (method.to_string(), path))
        .collect();
    for (method, path, _) in super::api::OPERATIONS {
        let operation = ((*method).to_owned(), (*path).to_owned());
        assert!(known.contains(&operation), "{method} {path} is no operation");
    }
}

#[test]
fn every_page_has_a_row_and_every_row_a_page() {
    let routes = include_str!("../routes.rs");
    let begin = routes.find("fn pages()").unwrap();
    let end = routes.find("#[cfg(test)]").unwrap();
    let addresses: BTreeSet<&str> = routes[begin..end]
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.starts_with('/'))
        .collect();
    assert!(addresses.len() > 40, "{addresses:?}");
    let rows: BTreeSet<&str> = super::pages::OPERATIONS
        .iter()
        .map(|(_, path, _)| *path)
        .collect();
    assert_eq!(addresses, rows, "routes.rs and access/pages.rs differ");
}

#[tokio::test]
async fn every_page_answers_to_the_methods_of_its_rows_and_to_no_other() {
    let app = TestApp::start().await;
    let paths: BTreeSet<&str> = super::pages::OPERATIONS
        .iter()
        .map(|(_, path, _)| *path)
        .collect();
    for path in paths {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let is_row = super::pages::OPERATIONS
                .iter()
                .any(|row| row.0 == method && row.1 == path);
            let call = Call::new(method.clone(), example(path)).bearer(&app.token);
            let (status, _) = answer(&app, call.header("accept", "application/json")).await;
            assert_eq!(status != 405, is_row, "{method} {path}: {status}");
        }
    }
}

#[tokio::test]
async fn every_page_and_form_serves_the_roles_that_may_and_no_other() {
    let app = TestApp::start().await;
    let mut refused = 0;
    for role in Role::ALL {
        let token = token(&app, role).await;
        for (method, path, need) in super::pages::OPERATIONS {
            let method: Method = method.parse().unwrap();
            let call = Call::new(method.clone(), example(path)).bearer(&token);
            let call = call.header("accept", "application/json").form(&[]);
            let (status, problem) = answer(&app, call).await;
            let may = match need {
                Need::Nothing | Need::SignedIn => true,
                Need::May(permission) => expected(role, *permission),
                Need::Everything => role == Role::Owner,
            };
            let is_refused = problem["code"] == "role_missing";
            assert_eq!(is_refused, !may, "{role}: {method} {path}: {status} {problem}");
            refused += usize::from(is_refused);
        }
    }
    assert!(refused > 50, "{refused}");
}

/// A token of this role.
async fn token(app: &TestApp, role: Role) -> String {
    let body = json!({ "name": format!("as-{role}"), "role": role });
    let made = app.post("/api/v1/api-tokens", &body).await.expect(201);
    made["token"].as_str().unwrap().to_owned()
}

/// The status of an answer, and its code where it is a problem. A stream is not read to its end, which it has not.
async fn answer(app: &TestApp, call: Call) -> (u16, Value) {
    let response = app.open(call).await;
    let status = response.status().as_u16();
    if status < 400 {
        return (status, Value::Null);
    }
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn every_operation_serves_the_roles_that_may_and_no_other() {
    let app = TestApp::start().await;
    let mut refused = 0;
    for role in Role::ALL {
        let token = token(&app, role).await;
        for (method, path, _) in operations() {
            let call = Call::new(method.clone(), example(&path)).bearer(&token);
            let call = call.key(&app.fresh_key()).raw_json("{}");
            let (status, problem) = answer(&app, call).await;
            let may = match need(&method, &path) {
                Need::Nothing | Need::SignedIn => true,
                Need::May(permission) => expected(role, permission),
                Need::Everything => role == Role::Owner,
            };
            let is_refused = status == 403;
            assert_eq!(is_refused, !may, "{role}: {method} {path}: {status} {problem}");
            assert_ne!(status, 401, "{role}: {method} {path}");
            if is_refused {
                assert_eq!(problem["code"], "role_missing");
                assert!(problem["detail"].as_str().unwrap().contains("owner"), "{problem}");
                refused += 1;
            }
        }
    }
    assert!(refused > 60, "{refused}");
}

#[tokio::test]
async fn what_is_in_no_row_is_the_owners_alone() {
    let app = TestApp::start().await;
    assert_eq!(need(&Method::POST, "/api/v1/not-thought-of"), Need::Everything);
    let mut caller = Caller {
        organization_id: app.setup.organization_id(),
        actor: Actor::Operator,
        rights: Role::Administrator.rights(),
        person_id: None,
        session_id: None,
        owes_second_factor: false,
    };
    let refused = allow(&caller, Need::Everything).unwrap_err();
    assert_eq!(refused.code, Code::RoleMissing);
    caller.rights = Role::Owner.rights();
    assert!(allow(&caller, Need::Everything).is_ok());
}

#[tokio::test]
async fn who_may_see_a_page_may_see_its_headers() {
    let app = TestApp::start().await;
    let viewer = token(&app, Role::Viewer).await;
    let head = Call::new(Method::HEAD, "/api/v1/devices").bearer(&viewer);
    assert_eq!(app.open(head).await.status(), 200);
}

#[test]
fn the_page_about_roles_says_what_the_table_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/roles-and-operations.md");
    let text = page();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let on_disk = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(on_disk, text, "run with UPDATE_PAGES=1");
}

fn page() -> String {
    let mut text = String::from(
        "# Who may ask for what\n\nMade from the table in `crates/server/src/access`. What the roles are for: \
         [people and roles](people-and-roles.md).\n\n| operation | permission | roles |\n|---|---|---|\n",
    );
    for (method, path, _) in operations() {
        text.push_str(&row(&format!("{method} {path}"), need(&method, &path)));
    }
    text.push_str("\n## Pages and forms of the console\n\n| page | permission | roles |\n|---|---|---|\n");
    for (method, path, need) in super::pages::OPERATIONS {
        text.push_str(&row(&format!("{method} {path}"), *need));
    }
    text
}

fn row(operation: &str, need: Need) -> String {
    let (permission, roles) = match need {
        Need::Nothing => ("–", "everybody, without signing in".to_owned()),
        Need::SignedIn => ("–", "everybody who is signed in".to_owned()),
        Need::May(permission) => (permission.word(), Role::that_may(permission)),
        Need::Everything => ("everything", "owner".to_owned()),
    };
    format!("| `{operation}` | `{permission}` | {roles} |\n")
}
