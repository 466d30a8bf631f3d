//! Connections on which answers wait.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;

use super::serve;
use crate::config::TlsFiles;
use crate::waiting::Waiting;

/// A server whose `/wait` answers what the test says, and whose `/now` answers at once.
struct Site {
    address: SocketAddr,
    /// Somebody waits on `/wait`; told by what to answer.
    waiters: mpsc::UnboundedReceiver<oneshot::Sender<&'static str>>,
    closing: watch::Sender<bool>,
    served: JoinHandle<()>,
}

impl Site {
    async fn start() -> Self {
        Self::start_with(None).await
    }

    async fn start_with(tls: Option<Arc<rustls::ServerConfig>>) -> Self {
        let (came, waiters) = mpsc::unbounded_channel();
        let closing = watch::Sender::new(false);
        let wait = async move || {
            let (tell, told) = oneshot::channel();
            came.send(tell).unwrap();
            Waiting::for_json(async move { told.await.unwrap_or("nothing") })
        };
        let router = Router::new()
            .route("/wait", get(wait))
            .route("/now", get(async || "now"))
            .layer(map_response(async |mut response: Response| {
                let id = HeaderValue::from_static("some-id");
                response.headers_mut().insert("x-request-id", id);
                response
            }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            address: listener.local_addr().unwrap(),
            waiters,
            served: tokio::spawn(serve(listener, tls, router, closing.subscribe())),
            closing,
        }
    }

    async fn connect(&self) -> Caller {
        Caller(TcpStream::connect(self.address).await.unwrap())
    }

    /// Waits until somebody waits.
    async fn waiter(&mut self) -> oneshot::Sender<&'static str> {
        self.waiters.recv().await.unwrap()
    }
}

struct Caller(TcpStream);

impl Caller {
    async fn ask(&mut self, path: &str, headers: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\n{headers}\r\n");
        self.0.write_all(request.as_bytes()).await.unwrap();
    }

    /// The next answer: its head, and its body.
    async fn answer(&mut self) -> (String, String) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.0.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.unwrap().parse().unwrap()];
        self.0.read_exact(&mut body).await.unwrap();
        (head, String::from_utf8(body).unwrap())
    }

    /// Whether the server has ended the connection, and has sent nothing before.
    async fn is_ended(&mut self) -> bool {
        self.0.read(&mut [0]).await.unwrap() == 0
    }
}

#[tokio::test]
async fn an_answer_that_waited_is_followed_by_others_on_the_same_connection() {
    let mut site = Site::start().await;
    let mut caller = site.connect().await;
    for word in ["first", "second"] {
        caller.ask("/wait", "").await;
        site.waiter().await.send(word).unwrap();
        let (head, body) = caller.answer().await;
        assert_eq!(body, format!("\"{word}\""));
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        for header in ["x-request-id: some-id", "content-type: application/json"] {
            assert_eq!(head.matches(header).count(), 1, "{head}");
        }
        caller.ask("/now", "").await;
        assert_eq!(caller.answer().await.1, "now");
    }
}

#[tokio::test]
async fn requests_that_are_sent_ahead_are_answered_in_their_order() {
    let mut site = Site::start().await;
    let mut caller = site.connect().await;
    caller.ask("/now", "").await;
    caller.ask("/wait", "").await;
    caller.ask("/now", "").await;
    caller.ask("/wait", "").await;
    assert_eq!(caller.answer().await.1, "now");
    site.waiter().await.send("first").unwrap();
    assert_eq!(caller.answer().await.1, "\"first\"");
    assert_eq!(caller.answer().await.1, "now");
    let tell = site.waiter().await;
    caller.ask("/now", "").await;
    tell.send("second").unwrap();
    assert_eq!(caller.answer().await.1, "\"second\"");
    assert_eq!(caller.answer().await.1, "now");
}

#[tokio::test]
async fn nobody_waits_for_one_who_has_gone_away() {
    let mut site = Site::start().await;
    let mut caller = site.connect().await;
    caller.ask("/wait", "").await;
    let mut tell = site.waiter().await;
    drop(caller);
    tell.closed().await;
}

#[tokio::test]
async fn who_ends_the_connection_after_the_answer_is_answered_all_the_same() {
    let mut site = Site::start().await;
    let mut caller = site.connect().await;
    caller.ask("/wait", "connection: close\r\n").await;
    site.waiter().await.send("last").unwrap();
    assert_eq!(caller.answer().await.1, "\"last\"");
    assert!(caller.is_ended().await);
}

#[tokio::test]
async fn who_asks_for_the_head_only_gets_no_body() {
    let mut site = Site::start().await;
    let mut caller = site.connect().await;
    let request = b"HEAD /wait HTTP/1.1\r\nhost: test\r\n\r\nGET /now HTTP/1.1\r\nhost: test\r\n\r\n";
    caller.0.write_all(request).await.unwrap();
    site.waiter().await.send("unheard").unwrap();
    let mut heads = Vec::new();
    while !heads.ends_with(b"now") {
        heads.push(caller.0.read_u8().await.unwrap());
    }
    let heads = String::from_utf8(heads).unwrap();
    assert!(
        !heads.contains("unheard") && heads.matches("200 OK").count() == 2,
        "{heads}"
    );
}

#[tokio::test]
async fn a_server_that_closes_answers_those_who_wait_and_ends_the_others() {
    let mut site = Site::start().await;
    let (mut waits, mut idle) = (site.connect().await, site.connect().await);
    idle.ask("/now", "").await;
    idle.answer().await;
    waits.ask("/wait", "").await;
    let tell = site.waiter().await;
    site.closing.send_replace(true);
    assert!(idle.is_ended().await);
    tell.send("closing").unwrap();
    assert_eq!(waits.answer().await.1, "\"closing\"");
    assert!(waits.is_ended().await);
    site.served.await.unwrap();
    assert!(TcpStream::connect(site.address).await.is_err());
}

/// A server with a certificate of its own, and a client that trusts it and offers HTTP/2.
fn tls() -> (Arc<rustls::ServerConfig>, TlsConnector) {
    let issued = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = TlsFiles {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&files.certificate, issued.cert.pem()).unwrap();
    std::fs::write(&files.key, issued.signing_key.serialize_pem()).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(issued.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    client.alpn_protocols = vec![b"h2".to_vec()];
    (
        crate::tls::configure(&files).unwrap(),
        TlsConnector::from(Arc::new(client)),
    )
}

#[tokio::test]
async fn who_offers_http_2_is_answered_in_it() {
    let (server, client) = tls();
    let mut site = Site::start_with(Some(server)).await;
    let stream = TcpStream::connect(site.address).await.unwrap();
    let stream = client
        .connect("localhost".try_into().unwrap(), stream)
        .await
        .unwrap();
    let (mut sender, connection) = http2::handshake::<_, _, Body>(TokioExecutor::new(), TokioIo::new(stream))
        .await
        .unwrap();
    let connection = tokio::spawn(connection);
    let mut asked = |path: &str| {
        let uri = format!("https://localhost{path}");
        sender.send_request(Request::get(uri).body(Body::empty()).unwrap())
    };
    let (waits, now) = (asked("/wait"), asked("/now"));
    assert_eq!(now.await.unwrap().status(), 200);
    site.waiter().await.send("told").unwrap();
    let told = Body::new(waits.await.unwrap().into_body());
    assert_eq!(axum::body::to_bytes(told, 100).await.unwrap(), "\"told\"");
    site.closing.send_replace(true);
    connection.await.unwrap().unwrap();
    site.served.await.unwrap();
}
