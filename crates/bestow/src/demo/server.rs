//! The demo's server: the real one, in this process, on SQLite.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use secrecy::SecretString;
use server::{Server, ServerConfig};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::folder::Folder;
use crate::client::{Client, connect};
use crate::exit::Failure;

/// How the demo's token and person are called in the audit log.
const WHO: &str = "demo";
/// Who asks the people of the demo's Macs.
const ORGANIZATION: &str = "The demo's organisation";

/// How often an agent looks in. Shorter than usual, so that a Mac that goes away is soon shown as offline.
const CHECK_IN_EVERY: Duration = Duration::from_secs(30);

/// The running server.
pub struct DemoServer {
    /// Its address.
    pub url: String,
    /// Signs a person in to the console, once.
    pub sign_in_link: SecretString,
    /// For programs.
    pub api_token: SecretString,
    shutdown: oneshot::Sender<()>,
    running: JoinHandle<anyhow::Result<()>>,
}

impl DemoServer {
    /// Starts it on `listen`.
    pub async fn start(folder: &Folder, listen: SocketAddr) -> Result<Self, Failure> {
        let config = ServerConfig {
            check_in_every: CHECK_IN_EVERY,
            ..ServerConfig::new(listen, folder.database())
        };
        let server = Server::bind(&config).await.context("start the server")?;
        let setup = server.setup().await.context("prepare the server")?;
        setup
            .name_organization(ORGANIZATION)
            .await
            .context("name the organisation")?;
        let url = format!("http://{}", server.address());
        let api_token = setup.api_token(WHO).await.context("make an API token")?;
        let path = setup.sign_in_path(WHO).await.context("make a sign-in link")?;
        let (shutdown, requested) = oneshot::channel();
        let end = async {
            // Dropping the other end asks to end as well.
            let _ = requested.await;
        };
        let running = tokio::spawn(async move { server.run(end).await.context("run the server") });
        Ok(Self {
            sign_in_link: SecretString::from(format!("{url}{path}")),
            url,
            api_token: SecretString::from(api_token),
            shutdown,
            running,
        })
    }

    /// A client of it.
    pub fn client(&self) -> Result<Client, Failure> {
        let server = self.url.parse().context("read the server's address")?;
        connect(server, self.api_token.clone())
    }

    /// Ends it in order.
    pub async fn stop(self) -> Result<(), Failure> {
        // A server that has ended by itself tells why below.
        let _ = self.shutdown.send(());
        Ok(self.running.await.context("wait for the server")??)
    }
}
