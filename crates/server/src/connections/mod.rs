//! Connections: accepted here, spoken on by `http1` or by hyper's HTTP/2, and ended when the server stops.
//!
//! Tens of thousands of agents wait for a ring, each on a connection of its own. `http1` keeps as little as can be of one
//! on which an answer waits.

mod http1;
mod line;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::{http1 as hyper_http1, http2 as hyper_http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::presence::Speaker;
use crate::waiting::settled;
use line::Io;

/// How long requests that are under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long agreeing on a TLS session may take.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);

/// How long the head of a request may take. A connection between two requests is waiting for one as well.
const HEADERS_WITHIN: Duration = Duration::from_mins(2);

/// How often the other end of an HTTP/2 connection is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(30);

/// How long to wait before accepting again when that failed, for want of files for example.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);

/// Serves every connection that `listener` accepts until `closing` turns true, and then lets requests finish.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    router: Router,
    mut closing: watch::Receiver<bool>,
) {
    let server = Arc::new(Server::new(tls, router, closing.clone()));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = closed(&mut closing) => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(hold(Arc::clone(&server), stream));
                }
                Err(error) => {
                    tracing::warn!(%error, "no connection accepted");
                    sleep(ACCEPT_AGAIN).await;
                }
            }
        }
    }
    drop(listener);
    // What is not done by then is broken off.
    let _ = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
}

/// What every connection needs.
struct Server {
    tls: Option<TlsAcceptor>,
    http1: hyper_http1::Builder,
    http2: hyper_http2::Builder<TokioExecutor>,
    router: Router,
    closing: watch::Receiver<bool>,
}

impl Server {
    fn new(tls: Option<Arc<ServerConfig>>, router: Router, closing: watch::Receiver<bool>) -> Self {
        let mut http1 = hyper_http1::Builder::new();
        http1.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
        let mut http2 = hyper_http2::Builder::new(TokioExecutor::new());
        http2.timer(TokioTimer::new()).keep_alive_interval(PING_EVERY);
        Self {
            tls: tls.map(TlsAcceptor::from),
            http1,
            http2,
            router,
            closing,
        }
    }
}

/// Is done when the server shuts down.
async fn closed(closing: &mut watch::Receiver<bool>) {
    // A sender that is gone closes as well.
    let _ = closing.wait_for(|closing| *closing).await;
}

/// Serves one connection. What goes wrong on it is the other end's affair.
async fn hold(server: Arc<Server>, stream: TcpStream) {
    let address = stream.peer_addr().ok().map(|address| address.ip().to_canonical());
    // Answers are written whole: nothing is gained by waiting for more of them.
    let _ = stream.set_nodelay(true);
    // What only the beginning of a connection needs, and what only HTTP/2 needs, is not kept for as long as it lasts.
    let Ok((io, is_http2)) = Box::pin(agree(server.tls.as_ref(), stream)).await else {
        return;
    };
    let speaker = Speaker::at(address);
    if is_http2 {
        Box::pin(speak_http2(&server, io, &speaker)).await;
    } else {
        http1::speak(&server, io, &speaker).await;
    }
    speaker.is_gone();
}

/// Agrees on a TLS session, when TLS is spoken, and on whether HTTP/2 is.
async fn agree(tls: Option<&TlsAcceptor>, stream: TcpStream) -> io::Result<(Io, bool)> {
    let Some(tls) = tls else {
        return Ok((Box::new(stream), false));
    };
    let stream = timeout(HANDSHAKE_WITHIN, tls.accept(stream)).await??;
    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    Ok((Box::new(stream), is_http2))
}

async fn speak_http2(server: &Server, io: Io, speaker: &Speaker) {
    let (router, speaker) = (server.router.clone(), speaker.clone());
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(speaker.clone());
        let answer = router.clone().oneshot(request.map(Body::new));
        async move { Ok::<_, std::convert::Infallible>(settled(answer.await?).await) }
    });
    let mut closing = server.closing.clone();
    let mut connection = std::pin::pin!(server.http2.serve_connection(TokioIo::new(io), service));
    tokio::select! {
        _ = &mut connection => return,
        () = closed(&mut closing) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
