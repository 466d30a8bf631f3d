//! An answer that waits for something to happen. Its handler ends at once, so that of the request nothing is kept while it
//! waits; the connection gives the answer when it is there ([`crate::connections`]).

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

type Coming = Pin<Box<dyn Future<Output = Response> + Send>>;

/// What a handler answers instead of what it waits for. When this is dropped, nobody waits any more.
#[derive(Clone)]
pub(crate) struct Waiting(Arc<Mutex<Option<Coming>>>);

impl Waiting {
    /// Waits for `answer`, which is told as JSON.
    pub(crate) fn for_json<T: Serialize>(answer: impl Future<Output = T> + Send + 'static) -> Self {
        let answer = async { Json(answer.await).into_response() };
        Self(Arc::new(Mutex::new(Some(Box::pin(answer)))))
    }

    fn take(&self) -> Option<Coming> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl IntoResponse for Waiting {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

/// An answer of which the headers are there.
pub(crate) struct Unfinished {
    headers: HeaderMap,
    coming: Coming,
}

impl Unfinished {
    /// What waits of an answer, if anything does. Then the answer itself is of no more use.
    pub(crate) fn of(answer: &mut Response) -> Option<Self> {
        let coming = answer.extensions_mut().remove::<Waiting>()?.take()?;
        let headers = std::mem::take(answer.headers_mut());
        Some(Self { headers, coming })
    }

    /// Waits for the rest. The headers that were added on its way out stay.
    pub(crate) async fn finish(self) -> Response {
        let mut response = self.coming.await;
        let mut headers = self.headers;
        // That is the length of what stood in the answer's place.
        headers.remove(CONTENT_LENGTH);
        response.headers_mut().extend(headers);
        response
    }
}

/// The answer, whether or not it waits for something.
pub(crate) async fn settled(mut answer: Response) -> Response {
    match Unfinished::of(&mut answer) {
        Some(unfinished) => unfinished.finish().await,
        None => answer,
    }
}
