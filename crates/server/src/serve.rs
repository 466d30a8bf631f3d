//! Running the server: bind, serve, shut down.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use rustls::ServerConfig as TlsConfig;
use store::{Store, StoreError};

use crate::app::{App, Settings, SharedApp};
use crate::audit::AuditKeyError;
use crate::config::ServerConfig;
use crate::entropy::Entropy;
use crate::setup::Setup;
use crate::tls::TlsError;
use crate::vault::{EscrowCertificate, EscrowKeys, Vault, VaultError};
use crate::{audit, bulk_actions, clock, connections, jobs, routes, tls};

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Passwords would travel in clear.
    #[error(
        "listen on {0}: without TLS the server listens on loopback only; name a certificate and a key, or set \
         insecure_plain_http_behind_proxy when something in front of it speaks TLS"
    )]
    PlainHttp(SocketAddr),
    /// The address is taken, or not ours.
    #[error("listen on {address}")]
    Bind {
        /// Where.
        address: SocketAddr,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// TLS cannot be had.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The database is gone, and was there.
    #[error(
        "{} is not there, and this server has signed its log before, as {} tells: put a copy back by bestow restore. To begin with \
         nothing, move that file away; no Mac and nobody is known then",
        database.display(),
        signed.display()
    )]
    DatabaseLost {
        /// Where it was.
        database: PathBuf,
        /// What tells that it was there.
        signed: PathBuf,
    },
    /// The database cannot be used.
    #[error("open the database")]
    Store(#[from] StoreError),
    /// The vault's key cannot be used.
    #[error("open the vault")]
    Vault(#[from] VaultError),
    /// The audit log cannot be signed.
    #[error("open the key of the audit log")]
    AuditKey(#[from] AuditKeyError),
    /// The server broke off.
    #[error("serve")]
    Serve(#[source] std::io::Error),
}

/// A server that has its address and its database, and serves nobody yet.
pub struct Server {
    app: SharedApp,
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<Arc<TlsConfig>>,
}

/// A server whose database is lost would serve an empty one, turn every Mac and everybody away, and look well.
fn refuse_to_begin_anew(config: &ServerConfig) -> Result<(), ServeError> {
    let signed = audit::key::last_signed(&config.audit_key);
    match !config.database.exists() && signed.exists() {
        true => Err(ServeError::DatabaseLost {
            database: config.database.clone(),
            signed,
        }),
        false => Ok(()),
    }
}

impl Server {
    /// Takes the address, opens the database and brings it up to date.
    pub async fn bind(config: &ServerConfig) -> Result<Self, ServeError> {
        let is_safe = config.tls.is_some() || config.insecure_plain_http_behind_proxy;
        if !is_safe && !config.listen.ip().is_loopback() {
            return Err(ServeError::PlainHttp(config.listen));
        }
        let tls = config.tls.as_ref().map(tls::configure).transpose()?;
        let unbound = |source| ServeError::Bind {
            address: config.listen,
            source,
        };
        let listener = TcpListener::bind(config.listen).map_err(unbound)?;
        listener.set_nonblocking(true).map_err(unbound)?;
        let address = listener.local_addr().map_err(unbound)?;
        let settings = Settings {
            check_in_every: config.check_in_every,
            outcome_lost_after: config.outcome_lost_after,
            secure_cookies: config.is_behind_tls(),
            behind_proxy: config.insecure_plain_http_behind_proxy,
            secrets_wait_for: config.secrets_wait_for,
            device_management: config.device_management.clone(),
        };
        refuse_to_begin_anew(config)?;
        let store = Store::open(&config.database).await?;
        let entropy = Entropy::of_the_system();
        let vault = Vault::open(&config.vault_key, &entropy)?.sealing_to(config.offline_key.clone());
        let escrowed = match config.escrow_keys.exists() {
            true => 0,
            false => store::escrow::count(&store).await?,
        };
        let escrow_keys = EscrowKeys::open(&config.escrow_keys, escrowed, Entropy::of_the_system())?;
        let certificate = &config.escrow_certificate;
        let escrow_certificate = EscrowCertificate::open(certificate, Entropy::of_the_system())?;
        let audit_signer = audit::key::open(&store, &config.audit_key, &entropy).await?;
        let app = App::new(
            store,
            clock::of_server(&config.database),
            entropy,
            vault,
            (escrow_keys, escrow_certificate),
            audit_signer,
            settings,
        );
        Ok(Self {
            app: Arc::new(app),
            listener,
            address,
            tls,
        })
    }

    /// Where the server listens, with the port that it got.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What lets people, programs and Macs in to this server.
    pub async fn setup(&self) -> Result<Setup, StoreError> {
        Setup::of_app(&self.app, Entropy::of_the_system()).await
    }

    /// Serves until `shutdown` is done; then ends its streams, answers those who wait, lets requests finish, writes what is
    /// left and closes the database.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let app = Arc::clone(&self.app);
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(ServeError::Serve)?;
        let stopping = tokio::spawn({
            let app = Arc::clone(&app);
            async move {
                shutdown.await;
                app.closing.send_replace(true);
            }
        });
        bulk_actions::job::interrupt(&app, None).await?;
        let jobs = tokio::spawn(jobs::run(Arc::clone(&app)));
        let bulk = tokio::spawn(bulk_actions::job::run(Arc::clone(&app)));
        let router = routes::router(Arc::clone(&app));
        tracing::info!(address = %self.address, tls = self.tls.is_some(), "server listens");
        connections::serve(listener, self.tls, router, app.closing.subscribe()).await;
        stopping.abort();
        // A job that panicked has been reported by its task.
        let _ = (jobs.await, bulk.await);
        app.store.close().await;
        tracing::info!("server stopped");
        Ok(())
    }
}

/// Binds and runs a server.
pub async fn serve(
    config: &ServerConfig,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    Server::bind(config).await?.run(shutdown).await
}
