//! A request that does not arrive, or is not served, in time is given up. What it began in the store is undone; streams
//! have begun to answer by then and go on.

use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout;

use crate::problem::Problem;

/// How long a request may take until its answer begins.
const LONGEST: Duration = Duration::from_secs(30);

/// Gives a request up that takes too long.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    timeout(LONGEST, next.run(request)).await.unwrap_or_else(|_| {
        let problem = Problem::invalid("body", "arrives within 30 seconds");
        problem.with_status(StatusCode::REQUEST_TIMEOUT).into_response()
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_arrive_is_given_up() {
        let app = axum::Router::<()>::new()
            .route(
                "/",
                axum::routing::post(async |body: axum::body::Bytes| body.len().to_string()),
            )
            .layer(axum::middleware::from_fn(keep));
        let silent = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let request = Request::post("/").body(silent).unwrap();
        let answer = tower::ServiceExt::oneshot(app, request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::REQUEST_TIMEOUT);
    }
}
