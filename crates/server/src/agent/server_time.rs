//! Adds the server's clock to the refusals of the agent API, so that an agent can correct its offset.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::app::SharedApp;
use crate::problem::Problem;

/// Tells every refusal again, with the clock.
pub(crate) async fn tell(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone().at(app.now()).into_response(),
        None => response,
    }
}
