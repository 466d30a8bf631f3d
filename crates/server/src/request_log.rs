//! One line in the log for each request, and an id that its answer tells as well. Neither path values nor queries, headers
//! or bodies are logged: the route is named as it stands in the table.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::app::SharedApp;
use crate::problem::Problem;
use crate::token::hexadecimal;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Serves the request inside a span that names it, and logs how it went.
pub(crate) async fn log(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let id = hexadecimal(&app.entropy.bytes::<8>());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id, method = %request.method(), route);
    let begun = app.now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took_ms = app.now().as_millis() - begun.as_millis();
    let status = response.status().as_u16();
    let code = response
        .extensions()
        .get::<Problem>()
        .map(|problem| problem.code.word());
    span.in_scope(|| tracing::debug!(status, code, took_ms, "request served"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
