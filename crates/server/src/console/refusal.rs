//! Refusals for people. Handlers refuse with a [`Problem`], which programs read as it is; whoever asks for a page gets one
//! that says the same, with a way back.

use axum::body::Body;
use axum::extract::{OptionalFromRequestParts as _, Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use maud::{Markup, html};
use trust::code::Code;

use super::account;
use super::components::{code_text, prose};
use super::sign_in::Form;
use super::{Page, Place, Visitor};
use crate::app::{App, SharedApp};
use crate::problem::Problem;

/// Where programs are answered, whatever they accept.
const FOR_PROGRAMS: [&str; 7] = ["api", "agent", "mdm", "assets", "healthz", "readyz", "metrics"];

/// Shows a refusal as a page to whoever asks for pages.
pub(crate) async fn show(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    if !asks_for_a_page(request.uri().path(), request.headers()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let asked = parts.clone();
    let address = wanted(&parts);
    let response = next.run(Request::from_parts(asked, body)).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else {
        return response;
    };
    // Whoever it is may be unknown for the same reason that the request was refused.
    let visitor = Visitor::from_request_parts(&mut parts, &app).await.ok().flatten();
    let is_anybody = problem.code == Code::NotSignedIn && is_anybody_set_up(&app).await;
    as_page(
        response,
        &problem,
        visitor.as_ref(),
        is_anybody.then_some(address.as_str()),
    )
}

/// The page that was wanted: where signing in leads, when that is the next thing to do.
fn wanted(parts: &Parts) -> String {
    match (&parts.method, parts.uri.path_and_query()) {
        (&Method::GET, Some(page)) if !page.path().starts_with("/sign-in/") => page.to_string(),
        _ => "/".to_owned(),
    }
}

/// Whether somebody can sign in with a password. Where nobody can, or nobody knows, only a link leads in.
async fn is_anybody_set_up(app: &App) -> bool {
    match store::organization::first(&app.store).await {
        Ok(Some(organization)) => {
            let is_anybody = store::person::is_anybody_set_up(&app.store, organization).await;
            is_anybody.unwrap_or(false)
        }
        _ => false,
    }
}

/// Whether the answer is for a person: elsewhere than where programs ask, and not asked for as JSON.
fn asks_for_a_page(path: &str, headers: &HeaderMap) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    let accepted = accepted.unwrap_or_default();
    !FOR_PROGRAMS.contains(&first) && (accepted.contains("text/html") || !accepted.contains("json"))
}

/// The same refusal with the page in the place of the JSON.
fn as_page(
    response: Response,
    problem: &Problem,
    visitor: Option<&Visitor>,
    sign_in_to: Option<&str>,
) -> Response {
    let page = Page {
        title: problem.code.entry().title,
        visitor,
        place: Place::Elsewhere,
        contents: contents(problem, visitor.is_some(), sign_in_to),
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    parts.headers.insert(CONTENT_TYPE, html);
    Response::from_parts(parts, Body::from(page.render().into_string()))
}

fn contents(problem: &Problem, is_signed_in: bool, sign_in_to: Option<&str>) -> Markup {
    let code = problem.code;
    html! {
        div.narrow {
            @if code == Code::NotSignedIn {
                h1 { "Sign in" }
                @if let Some(then) = sign_in_to { (Form { name: "", then, error: None }.render()) }
                (how_to_sign_in())
            } @else if code == Code::NotFound {
                h1 { (not_found_title(problem.status)) }
                p.lead { "The address is mistyped, or what it led to is gone: a Mac that gave way to another, for example." }
                (ways_back(is_signed_in))
            } @else if code == Code::SecondFactorNeeded {
                h1 { (code.entry().title) }
                (code_text(code))
                p.buttons { a.button-like.primary href=(account::SECOND_FACTOR) { "To your second factor" } }
            } @else {
                h1 { (code.entry().title) }
                @if problem.tells_more_than_its_code() { p.lead { (prose(&problem.detail())) } }
                (code_text(code))
                (ways_back(is_signed_in))
            }
        }
    }
}

fn not_found_title(status: StatusCode) -> &'static str {
    if status == StatusCode::METHOD_NOT_ALLOWED {
        "This address is not opened like that"
    } else {
        "There is no such page"
    }
}

fn ways_back(is_signed_in: bool) -> Markup {
    html! {
        p.buttons {
            @if is_signed_in {
                a.button-like.primary href="/" { "Back to Manage" }
                a.button-like href="/actions" { "History" }
            } @else {
                a.button-like.primary href="/" { "To the console" }
                a.button-like href="/codes" { "What codes mean" }
            }
        }
    }
}

/// What somebody needs who is not signed in.
pub(super) fn how_to_sign_in() -> Markup {
    html! {
        p {
            "The console opens with a sign-in link. It can be used once, within 15 minutes; a link that was used, or is "
            "older, opens nothing any more."
        }
        p {
            "The program that runs the server prints a new one: " code { "bestow demo" } " when it starts, "
            code { "bestow serve --sign-in-link" } " at any start."
        }
    }
}
