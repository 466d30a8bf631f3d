//! A real server on a real socket: it starts, stops, and knows what it knew.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use crate::config::TlsFiles;
use crate::serve::{ServeError, Server};
use crate::testing::{Running, config_in};

#[tokio::test]
async fn a_server_stops_at_a_word_and_starts_again_with_what_it_knew() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::bind(&config_in(&folder)).await.unwrap();
    let setup = server.setup().await.unwrap();
    let token = setup.api_token("test").await.unwrap();
    let running = Running::start(server);
    assert!(
        running
            .get("/api/v1/devices", &token)
            .await
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        running
            .get("/api/v1/devices", "guess")
            .await
            .starts_with("HTTP/1.1 401")
    );
    running.stop().await;

    let server = Server::bind(&config_in(&folder)).await.unwrap();
    assert_eq!(
        server.setup().await.unwrap().organization_id(),
        setup.organization_id()
    );
    let running = Running::start(server);
    assert!(
        running
            .get("/api/v1/devices", &token)
            .await
            .starts_with("HTTP/1.1 200")
    );
    running.stop().await;
}

#[tokio::test]
async fn a_server_whose_database_is_lost_does_not_begin_anew() {
    let folder = tempfile::tempdir().unwrap();
    let config = config_in(&folder);
    Running::start(Server::bind(&config).await.unwrap()).stop().await;
    let signed = config.audit_key.with_added_extension("signed");
    fs::write(&signed, "{}").unwrap();
    fs::remove_file(&config.database).unwrap();
    let refused = Server::bind(&config).await.map(drop).unwrap_err();
    assert!(matches!(refused, ServeError::DatabaseLost { .. }), "{refused}");
    assert!(!config.database.exists());
    fs::remove_file(signed).unwrap();
    Server::bind(&config).await.unwrap();
}

#[tokio::test]
async fn a_stream_does_not_keep_a_server_from_stopping() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::bind(&config_in(&folder)).await.unwrap();
    let token = server.setup().await.unwrap().api_token("test").await.unwrap();
    let running = Running::start(server);
    let address = running.address;
    let stream = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let request =
            format!("GET /api/v1/events HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut begin = [0; 12];
        stream.read_exact(&mut begin).unwrap();
        assert_eq!(&begin, b"HTTP/1.1 200");
        stream
    })
    .await
    .unwrap();
    running.stop().await;
    drop(stream);
}

#[tokio::test]
async fn passwords_do_not_travel_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let mut open = config_in(&folder);
    open.listen = "0.0.0.0:0".parse().unwrap();
    let refused = Server::bind(&open).await.map(drop).unwrap_err();
    assert!(matches!(refused, ServeError::PlainHttp(_)), "{refused}");
    assert!(!open.database.exists(), "nothing was made");
    open.insecure_plain_http_behind_proxy = true;
    Server::bind(&open).await.unwrap();
}

#[tokio::test]
async fn a_server_with_a_certificate_speaks_tls_only() {
    let folder = tempfile::tempdir().unwrap();
    let issued = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = TlsFiles {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    fs::write(&files.certificate, issued.cert.pem()).unwrap();
    fs::write(&files.key, issued.signing_key.serialize_pem()).unwrap();
    let mut with_tls = config_in(&folder);
    with_tls.tls = Some(files.clone());
    let running = Running::start(Server::bind(&with_tls).await.unwrap());
    let address = running.address;
    let answer = tokio::task::spawn_blocking(move || speak_tls(address, issued.cert.der().clone()))
        .await
        .unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.stop().await;

    fs::write(&files.key, "no key").unwrap();
    let refused = Server::bind(&with_tls).await.map(drop).unwrap_err();
    assert!(matches!(refused, ServeError::Tls(_)), "{refused}");
}

/// What a client that trusts this certificate is answered on `/healthz`.
fn speak_tls(address: SocketAddr, certificate: rustls::pki_types::CertificateDer<'static>) -> String {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().unwrap();
    let client = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = rustls::StreamOwned::new(client, TcpStream::connect(address).unwrap());
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
