//! A server on a real socket.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::config::ServerConfig;
use crate::serve::{ServeError, Server};

/// A server on a free port of loopback, with its database in `folder`.
pub(crate) fn config_in(folder: &TempDir) -> ServerConfig {
    ServerConfig::new("127.0.0.1:0".parse().unwrap(), folder.path().join("bestow.db"))
}

/// A server that runs, and what stops it.
pub(crate) struct Running {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    pub(crate) fn start(server: Server) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let address = server.address();
        let done = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self { address, stop, done }
    }

    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.done.await.unwrap().unwrap();
    }

    /// The whole answer to a GET.
    pub(crate) async fn get(&self, path: &str, token: &str) -> String {
        let head = format!("GET {path} HTTP/1.1\r\nauthorization: Bearer {token}");
        self.send(head, String::new()).await
    }

    /// The whole answer to a POST of JSON.
    pub(crate) async fn post(&self, path: &str, token: &str, body: String) -> String {
        let head = format!(
            "POST {path} HTTP/1.1\r\nauthorization: Bearer {token}\r\nidempotency-key: some-key-1\r\n\
             content-type: application/json\r\ncontent-length: {}",
            body.len()
        );
        self.send(head, body).await
    }

    async fn send(&self, head: String, body: String) -> String {
        let request = format!("{head}\r\nhost: test\r\nconnection: close\r\n\r\n{body}");
        let address = self.address;
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        })
        .await
        .unwrap()
    }
}
