//! The socket on which the login plug-in tells of logins.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use login_handover::message::{Buffer, HEADER, LONGEST, Lengths, Malformed};
use secrecy::SecretString;
use tokio::io::AsyncReadExt as _;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use zeroize::Zeroizing;

use super::Login;
use crate::durable;

/// How long somebody may take to tell a login. The plug-in itself gives up earlier.
const PATIENCE: Duration = Duration::from_secs(2);

/// The pause after the system could not give us a connection, as when too many files are open.
const RECOVERY: Duration = Duration::from_secs(1);

/// The socket, listening.
#[derive(Debug)]
pub struct LoginSocket {
    listener: UnixListener,
    patience: Duration,
}

/// Why a connection told no login. The text quotes nothing that was said.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// Somebody who is not the one that the agent runs as, which is root on a Mac.
    #[error("user {0} tried to tell a login")]
    Stranger(u32),
    /// Nothing that the plug-in says.
    #[error("understand a login")]
    Malformed(#[from] Malformed),
    /// It did not come to its end in time.
    #[error("a login was not told within {} s", .0.as_secs_f32())]
    TooSlow(Duration),
    /// The connection broke.
    #[error("read a login")]
    Io(#[from] io::Error),
}

impl LoginSocket {
    /// Listens at `path`, in place of an earlier agent that is gone.
    ///
    /// # Errors
    /// When there can be no socket, for example because the path is longer than the system allows.
    pub fn open(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            durable::private_folder(folder)?;
        }
        durable::remove(path)?;
        let listener = UnixListener::bind(path)?;
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
        Ok(Self {
            listener,
            patience: PATIENCE,
        })
    }

    /// The same socket with another time for somebody to tell a login.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Takes logins in for as long as somebody wants them, one after the other: each ends within the patience.
    pub async fn serve(self, logins: mpsc::Sender<Login>) {
        loop {
            match self.listener.accept().await {
                Ok((connection, _)) => {
                    match self.take(connection).await {
                        Ok(login) => {
                            // Logins that nobody picks up are dropped rather than piled up.
                            if let Err(mpsc::error::TrySendError::Closed(_)) = logins.try_send(login) {
                                return;
                            }
                        }
                        Err(refused) => {
                            tracing::warn!(error = &refused as &dyn std::error::Error, "no login")
                        }
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "take a connection of the login plug-in");
                    sleep(RECOVERY).await;
                }
            }
        }
    }

    async fn take(&self, connection: UnixStream) -> Result<Login, NotTaken> {
        let peer = connection.peer_cred()?.uid();
        if peer != nix::unistd::geteuid().as_raw() {
            return Err(NotTaken::Stranger(peer));
        }
        timeout(self.patience, read(connection))
            .await
            .map_err(|_| NotTaken::TooSlow(self.patience))?
    }
}

/// Reads one message. Closing the connection, which this ends with, is the answer.
async fn read(mut connection: UnixStream) -> Result<Login, NotTaken> {
    let mut header = [0; HEADER];
    connection.read_exact(&mut header).await?;
    let lengths = Lengths::read(header)?;
    let mut buffer: Buffer = Zeroizing::new([0; LONGEST]);
    let body = buffer.get_mut(..lengths.body()).ok_or(Malformed::Length)?;
    connection.read_exact(body).await?;
    let login = lengths.login(body)?;
    Ok(Login {
        account: login.account.to_owned(),
        password: SecretString::from(login.password),
    })
}
