//! `POST /api/v1/bulk-actions`: asks an action of many devices.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use store::bulk_run::{Accepted, NewBulkRun};
use store::idempotency::{Known, Request};
use trust::code::Code;

use super::input::{AskedRun, BulkInput, SecretsAre};
use super::prepare::Preparation;
use super::selector::Place;
use super::view::BulkRunView;
use crate::actions::window::Window;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::LongSecretBody;
use crate::problem::{Problem, ProblemView};

/// Asks an action of many devices. The run is prepared after the answer: each device is planned, and each that is ready
/// gets an action whose passwords are sealed to its key. Nothing is sent before all of that is done.
#[utoipa::path(post, path = "/api/v1/bulk-actions", tag = "bulk actions", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = BulkInput, responses(
    (status = 202, description = "Accepted: it is being prepared", body = BulkRunView),
    (status = 409, description = "`idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`bulk_selects_nobody`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn accept_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: LongSecretBody,
) -> Result<Response, Problem> {
    let asked = AskedRun::read(&app, caller.organization_id, &body, SecretsAre::Needed).await?;
    drop(body);
    accept(&app, &caller, &key, asked).await.map(accepted)
}

/// Takes an order in, once however often it comes under the same key, and begins to prepare it. Answers the run as JSON.
pub(crate) async fn accept(
    app: &SharedApp,
    caller: &Caller,
    key: &IdempotencyKey,
    asked: AskedRun,
) -> Result<String, Problem> {
    if let Some(answer) = accepted_before(app, caller, key, &asked).await? {
        return Ok(answer);
    }
    let request = request(app, caller, key, &asked);
    let (selector, begin) = (&asked.selector, Place::default());
    if selector
        .devices(app, caller.organization_id, &begin, 1)
        .await?
        .is_empty()
    {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Problem::new(status, Code::BulkSelectsNobody));
    }
    let (new, window) = new_run(app, &asked, request)?;
    match store::bulk_run::accept(&app.store, &new).await? {
        Accepted::Preparing => {
            tracing::info!(run = %new.id, kind = new.kind, "bulk run accepted");
            Preparation::new(&new, asked, window).begin(app);
            Ok(new.answer)
        }
        Accepted::Before(answer) => Ok(answer),
        Accepted::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

/// The answer to the same order, when it has come before under this key.
pub(crate) async fn accepted_before(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    asked: &AskedRun,
) -> Result<Option<String>, Problem> {
    let request = request(app, caller, key, asked);
    match store::idempotency::look_up(&app.store, &request).await? {
        Known::New => Ok(None),
        Known::Same(answer) => Ok(Some(answer.unwrap_or_default())),
        Known::Other => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

fn request(app: &App, caller: &Caller, key: &IdempotencyKey, asked: &AskedRun) -> Request {
    let wildcards = asked.order.named_wildcards();
    let not_secret = (&asked.selector, &asked.order.template, &asked.terms, wildcards);
    key.request(caller, "accept_bulk_action", &not_secret, app.now())
}

fn new_run(app: &App, asked: &AskedRun, request: Request) -> Result<(NewBulkRun, Window), Problem> {
    let terms = &asked.terms;
    let window = Window::of(&terms.window, request.at)?;
    let kept = serde_json::to_string(&asked.kept()).map_err(|error| Problem::internal(&error))?;
    let new = NewBulkRun {
        id: app.entropy.id(request.at),
        kind: asked.order.template.kind(),
        asked: kept,
        canary: terms.canary,
        stop_at_failure_percent: terms.stop_at_failure_percent,
        in_flight: terms.in_flight,
        not_before: window.not_before,
        not_after: window.not_after,
        reason: terms.window.reason.clone(),
        answer: String::new(),
        request,
    };
    let view = BulkRunView::of_new(&new, &asked.kept());
    let answer = serde_json::to_string(&view).map_err(|error| Problem::internal(&error))?;
    Ok((NewBulkRun { answer, ..new }, window))
}

/// The answer to an accepted run, the first time and every time.
fn accepted(answer: String) -> Response {
    let id = serde_json::from_str::<BulkRunView>(&answer).map(|view| view.id.to_string());
    let location = format!("/api/v1/bulk-actions/{}", id.unwrap_or_default());
    let headers = [
        (header::LOCATION, location),
        (header::CONTENT_TYPE, "application/json".to_owned()),
    ];
    (StatusCode::ACCEPTED, headers, answer).into_response()
}
