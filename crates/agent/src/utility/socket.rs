//! The socket on which the agent hears the person at this Mac's screen.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use trust::code::Code;
use utility_protocol::frame::{HEADER, Lengths, Malformed};
use utility_protocol::message::{Answer, Ended, Request};
use zeroize::Zeroizing;

use super::Asked;
use crate::durable;

/// How long somebody may take to say what they ask for, and to take each answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The pause after the system could not give us a connection, as when too many files are open.
const RECOVERY: Duration = Duration::from_secs(1);

/// The socket, listening. `C` tells the number of the user who sits at the Mac, when somebody does.
#[derive(Debug)]
pub struct UtilitySocket<C> {
    listener: UnixListener,
    console: Arc<C>,
    patience: Duration,
}

/// Why a conversation came to nothing. The text quotes nothing that was said.
#[derive(Debug, thiserror::Error)]
pub enum NotServed {
    /// Somebody who does not sit at the Mac.
    #[error("user {0}, who does not sit at this Mac, asked for something")]
    Stranger(u32),
    /// Nobody knows who sits at the Mac.
    #[error("find out who sits at this Mac")]
    Console(#[source] mac::Error),
    /// Nothing that the app says.
    #[error("understand what was asked at the screen")]
    Malformed(#[from] Malformed),
    /// It was not said, or not listened to, in time.
    #[error("the app took more than {} s", .0.as_secs_f32())]
    TooSlow(Duration),
    /// The person has gone away.
    #[error("the app did not wait for the answer")]
    GoneAway,
    /// The connection broke.
    #[error("talk to the app")]
    Io(#[from] io::Error),
}

impl<C> UtilitySocket<C>
where
    C: Fn() -> Result<Option<u32>, mac::Error> + Send + Sync + 'static,
{
    /// Listens at `path`, in place of an earlier agent that is gone. Everybody may connect; whoever does not sit at the Mac is
    /// told so, and not listened to.
    ///
    /// # Errors
    /// When there can be no socket, for example because the path is longer than the system allows.
    pub fn open(path: &Path, console: C) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        durable::remove(path)?;
        let listener = UnixListener::bind(path)?;
        fs::set_permissions(path, Permissions::from_mode(0o666))?;
        Ok(Self {
            listener,
            console: Arc::new(console),
            patience: PATIENCE,
        })
    }

    /// The same socket with another time for somebody to say something.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Hears people for as long as somebody answers them, one after the other: there is one person at the screen.
    pub async fn serve(self, ask: mpsc::Sender<Asked>) {
        while !ask.is_closed() {
            match self.listener.accept().await {
                Ok((connection, _)) => {
                    if let Err(refused) = self.converse(connection, &ask).await {
                        tracing::warn!(error = &refused as &dyn std::error::Error, "nobody served");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "take a connection of the app");
                    sleep(RECOVERY).await;
                }
            }
        }
    }

    async fn converse(&self, mut connection: UnixStream, ask: &mpsc::Sender<Asked>) -> Result<(), NotServed> {
        let caller = connection.peer_cred()?.uid();
        if self.who_sits_there().await? != Some(caller) {
            let refused = Answer::Ended(Ended::with(Code::NotAtTheScreen));
            self.say(&mut connection, &refused).await?;
            return Err(NotServed::Stranger(caller));
        }
        let request = timeout(self.patience, read(&mut connection))
            .await
            .map_err(|_| NotServed::TooSlow(self.patience))??;
        let (asked, mut answers) = Asked::new(caller, request);
        if ask.send(asked).await.is_err() {
            return Ok(());
        }
        loop {
            let answer = tokio::select! {
                answer = answers.recv() => answer,
                () = hung_up(&mut connection) => return Err(NotServed::GoneAway),
            };
            let Some(answer) = answer else {
                return Ok(());
            };
            self.say(&mut connection, &answer).await?;
            if answer != Answer::Working {
                return Ok(());
            }
        }
    }

    async fn who_sits_there(&self) -> Result<Option<u32>, NotServed> {
        let console = Arc::clone(&self.console);
        tokio::task::spawn_blocking(move || console())
            .await
            .map_err(io::Error::other)?
            .map_err(NotServed::Console)
    }

    async fn say(&self, connection: &mut UnixStream, answer: &Answer) -> Result<(), NotServed> {
        let message = answer.message()?;
        timeout(self.patience, connection.write_all(&message))
            .await
            .map_err(|_| NotServed::TooSlow(self.patience))?
            .map_err(NotServed::Io)
    }
}

/// Reads one request.
async fn read(connection: &mut UnixStream) -> Result<Request, NotServed> {
    let mut header = [0; HEADER];
    connection.read_exact(&mut header).await?;
    let lengths = Lengths::of_request(header)?;
    let mut body = Zeroizing::new(vec![0; lengths.body()]);
    connection.read_exact(&mut body).await?;
    Ok(Request::read(lengths, &body)?)
}

/// Ends when the other side is gone, or talks on, which the app never does.
async fn hung_up(connection: &mut UnixStream) {
    let mut more = [0; 1];
    // Whatever comes of it, nothing more is listened to.
    let _ = connection.read(&mut more).await;
}
