//! `bestow serve` as a process of its own, on a scratch folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::SecretString;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::fleet::ServerAddress;
use crate::usage::Watched;

/// What the server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// TLS, with a certificate made for the purpose. What people and agents speak.
    #[default]
    Tls,
    /// Plain HTTP on loopback.
    Plain,
}

impl Transport {
    fn scheme(self) -> &'static str {
        match self {
            Self::Tls => "https",
            Self::Plain => "http",
        }
    }
}

/// What every profile says of the server, which nobody looks up.
const MANAGEMENT: &str =
    "public_url = 'https://bench.invalid'\nmdm_topic = 'com.apple.mgmt.External.bench'\n";

/// A server that runs. It is killed when this is dropped.
pub struct Server {
    child: Child,
    folder: PathBuf,
    address: ServerAddress,
    sign_in_path: Option<String>,
}

/// The database of a server whose folder is `folder`.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("data/bestow.db")
}

impl Server {
    /// Starts the server in `folder` on a free port, and waits until it says that it listens.
    pub async fn start(program: &Path, folder: &Path, transport: Transport) -> anyhow::Result<Self> {
        let authorities = configure(folder, transport).context("configure the server")?;
        let log = File::create(folder.join("server.log")).context("make the server's log")?;
        let mut child = Command::new(program)
            .arg("serve")
            .arg("--sign-in-link")
            .arg("--config")
            .arg(folder.join("bestow.toml"))
            .env_remove("RUST_LOG")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("start {}", program.display()))?;
        let said = child.stdout.take().context("open the server's pipe")?;
        let mut lines = BufReader::new(said).lines();
        let mut sign_in_path = None;
        while let Some(line) = lines.next_line().await.context("hear the server")? {
            if let Some(at) = line.find("/sign-in/") {
                sign_in_path = Some(line[at..].to_owned());
            }
            if let Some(listens) = line.strip_prefix("Bestow listens on ")
                && let Some((address, _)) = listens.split_once(" as ")
            {
                return Ok(Self {
                    address: ServerAddress {
                        url: format!("{}://{address}", transport.scheme()),
                        authorities,
                    },
                    child,
                    folder: folder.to_owned(),
                    sign_in_path,
                });
            }
        }
        bail!(
            "the server did not start; see {}",
            folder.join("server.log").display()
        )
    }

    /// Where it is reached.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// Its process.
    pub fn watched(&self) -> anyhow::Result<Watched> {
        Ok(Watched::process(self.id()?))
    }

    /// The API token that it made at its first start.
    pub fn token(&self) -> anyhow::Result<SecretString> {
        let token = fs::read_to_string(self.folder.join("data/api-token")).context("read the API token")?;
        Ok(SecretString::from(token.trim()))
    }

    /// Where it signs a person in to the console, once.
    pub fn sign_in_path(&self) -> anyhow::Result<&str> {
        self.sign_in_path.as_deref().context("find the sign-in link")
    }

    /// Asks it to end and waits for that.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = i32::try_from(self.id()?).ok().and_then(Pid::from_raw);
        kill_process(id.context("name the server's process")?, Signal::TERM).context("end the server")?;
        let status = self.child.wait().await.context("wait for the server")?;
        if !status.success() {
            bail!("the server ended with {status}");
        }
        Ok(())
    }

    fn id(&self) -> anyhow::Result<u32> {
        self.child.id().context("find the server's process")
    }
}

/// Writes the server's configuration. Answers whom its clients have to trust.
fn configure(folder: &Path, transport: Transport) -> anyhow::Result<Option<String>> {
    let mut config = format!("listen = '127.0.0.1:0'\ndata_dir = 'data'\n{MANAGEMENT}");
    let mut authorities = None;
    if transport == Transport::Tls {
        let issued = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()])?;
        let certificate = issued.cert.pem();
        fs::write(folder.join("certificate.pem"), &certificate)?;
        fs::write(folder.join("key.pem"), issued.signing_key.serialize_pem())?;
        config.push_str("[tls]\ncertificate = 'certificate.pem'\nkey = 'key.pem'\n");
        authorities = Some(certificate);
    }
    fs::write(folder.join("bestow.toml"), config)?;
    Ok(authorities)
}
