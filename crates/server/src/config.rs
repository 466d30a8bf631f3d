//! What the server must be told. Reading it from a file is the program's work.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use wire::seal::SealingPublicKey;

/// How a server is to run.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where to listen. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// The SQLite database. It is made when it is not there; its folder must be.
    pub database: PathBuf,
    /// The key that keeps secrets which were collected before their Mac enrolled. It is made when it is not there.
    pub vault_key: PathBuf,
    /// The keys that encrypt what agents escrow. The file is made when it is not there.
    pub escrow_keys: PathBuf,
    /// The certificate of the escrow profile, with its key. It is made when the profile is first asked for.
    pub escrow_certificate: PathBuf,
    /// The organisation's offline key: recovery keys are sealed to it, so that the server cannot read them.
    pub offline_key: Option<SealingPublicKey>,
    /// The key that signs the audit log. It is made when it is not there.
    pub audit_key: PathBuf,
    /// How long such a secret waits for its Mac before it is destroyed.
    pub secrets_wait_for: Duration,
    /// Certificate and key for TLS. Without them the server speaks plain HTTP and refuses every address but loopback.
    pub tls: Option<TlsFiles>,
    /// Allows plain HTTP on any address: something in front of the server speaks TLS, and the way between is safe.
    pub insecure_plain_http_behind_proxy: bool,
    /// How Macs reach the server as their device management. Without it none can enrol.
    pub device_management: Option<DeviceManagement>,
    /// How often an agent looks in without being rung for. A device counts as online for two of these after it did.
    pub check_in_every: Duration,
    /// How long after its start an action may be missing from what its agent tells before it counts as lost. Longer than
    /// a check-in is under way.
    pub outcome_lost_after: Duration,
}

impl ServerConfig {
    /// A server on `listen` with its database in `database`, its keys beside it, plain HTTP, and the usual times.
    pub fn new(listen: SocketAddr, database: PathBuf) -> Self {
        Self {
            listen,
            vault_key: database.with_extension("vault-key"),
            escrow_keys: database.with_extension("escrow-keys"),
            escrow_certificate: database.with_extension("escrow-certificate"),
            offline_key: None,
            audit_key: database.with_extension("audit-key"),
            secrets_wait_for: Duration::from_hours(30 * 24),
            database,
            tls: None,
            insecure_plain_http_behind_proxy: false,
            device_management: None,
            check_in_every: Duration::from_secs(60),
            outcome_lost_after: Duration::from_secs(60),
        }
    }

    /// Whether people reach this server by TLS, so that its cookies can demand it.
    pub(crate) fn is_behind_tls(&self) -> bool {
        self.tls.is_some() || self.insecure_plain_http_behind_proxy
    }
}

/// How Macs reach the server as their device management. Both stand in every profile and can never be changed on a Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceManagement {
    /// The address, such as `https://bestow.example.com`.
    pub url: String,
    /// The topic of the push certificate, such as `com.apple.mgmt.External.…`.
    pub topic: String,
}

/// PEM files of a TLS server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, followed by those that lead to its root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}
