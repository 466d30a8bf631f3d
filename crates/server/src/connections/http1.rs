//! HTTP/1.1 on one connection.
//!
//! hyper keeps 16 KiB of buffers for each connection that it serves. While an answer waits for something, hyper is not
//! needed: its connection is taken apart, and nothing is kept but the line, the answer's headers and what it waits for. When
//! the answer is there, a new hyper connection on the same line is given a request in the place of the one that was taken,
//! and answers that.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::body::{Body as _, Incoming};
use hyper::header::CONNECTION;
use hyper::service::service_fn;
use hyper::{Method, Request, Version};
use hyper_util::rt::TokioIo;
use tower::ServiceExt as _;

use super::line::{Io, Line};
use super::{Server, closed};
use crate::presence::Speaker;
use crate::waiting::Unfinished;

/// A request in the place of one whose answer has waited.
const AGAIN: &[u8] = b"GET / HTTP/1.1\r\n\r\n";

/// Where a request leaves the answer that it waits for.
type Left = Arc<Mutex<Option<Unfinished>>>;

/// Serves the connection until either end is done.
pub(super) async fn speak(server: &Server, io: Io, speaker: &Speaker) {
    let mut line = Line::new(io);
    let mut answer = None;
    loop {
        let Some((taken, unfinished)) = Box::pin(until_one_waits(server, line, answer.take(), speaker)).await
        else {
            return;
        };
        line = taken;
        tokio::select! {
            finished = unfinished.finish() => answer = Some(finished),
            () = line.gone() => return,
        }
        line.unread(AGAIN);
    }
}

/// Answers the first request by `answer`, if there is one, and every other as the router does, until one of those waits.
/// `None` when the connection is over.
async fn until_one_waits(
    server: &Server,
    line: Line,
    answer: Option<Response>,
    speaker: &Speaker,
) -> Option<(Line, Unfinished)> {
    let writing = line.writing();
    let left = Left::default();
    let answer = Arc::new(Mutex::new(answer));
    let service = service_fn({
        let (router, left, speaker) = (server.router.clone(), Arc::clone(&left), speaker.clone());
        move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(speaker.clone());
            let (router, left) = (router.clone(), Arc::clone(&left));
            let answer = take(&answer);
            async move {
                Ok::<_, Infallible>(match answer {
                    Some(answer) => answer,
                    None => serve(router, request, &left).await,
                })
            }
        }
    });
    let mut connection = server.http1.serve_connection(TokioIo::new(line), service);
    let mut closing = server.closing.clone();
    let mut is_closed = pin!(closed(&mut closing));
    let mut is_closing = false;
    let unfinished = poll_fn(|cx| {
        if Pin::new(&mut connection).poll(cx).is_ready() {
            return Poll::Ready(None);
        }
        // Told before the first request is read, hyper would end the connection without an answer.
        if !is_closing && is_closed.as_mut().poll(cx).is_ready() {
            is_closing = true;
            Pin::new(&mut connection).graceful_shutdown();
            if Pin::new(&mut connection).poll(cx).is_ready() {
                return Poll::Ready(None);
            }
        }
        // What was answered before is with the other end, or it would be lost.
        if writing.is_going_on() {
            return Poll::Pending;
        }
        take(&left).map_or(Poll::Pending, |unfinished| Poll::Ready(Some(unfinished)))
    })
    .await?;
    let parts = connection.into_parts();
    let mut line = parts.io.into_inner();
    line.unread(&parts.read_buf);
    Some((line, unfinished))
}

/// What the router answers. An answer that waits is left for the connection, if nothing else is to be known of the request.
async fn serve(router: Router, request: Request<Incoming>, left: &Left) -> Response {
    let may_leave = request.version() == Version::HTTP_11
        && request.method() == Method::GET
        && request.body().is_end_stream()
        && !request.headers().contains_key(CONNECTION);
    let mut response = match router.oneshot(request.map(Body::new)).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    match Unfinished::of(&mut response) {
        None => response,
        Some(unfinished) if may_leave => {
            *left.lock().unwrap_or_else(PoisonError::into_inner) = Some(unfinished);
            // The connection is taken apart, and this with it.
            std::future::pending().await
        }
        Some(unfinished) => unfinished.finish().await,
    }
}

fn take<T>(from: &Mutex<Option<T>>) -> Option<T> {
    from.lock().unwrap_or_else(PoisonError::into_inner).take()
}
