//! The app's side of a conversation. Its calls wait; an app with a window makes them on a thread of their own.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use trust::name::AccountName;
use zeroize::Zeroizing;

use crate::frame::{HEADER, Lengths, Malformed};
use crate::message::{Answer, Ended, Request, Status};
use crate::place::SOCKET;

/// How long the agent may take to answer. It may be in the middle of an action, each tool of which has its own limit.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Talks to the agent of one Mac.
#[derive(Debug, Clone)]
pub struct Client {
    root: PathBuf,
    patience: Duration,
}

/// Why the agent gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// Nobody listens.
    #[error("no agent listens on this Mac")]
    NotRunning(#[source] io::Error),
    /// Somebody listens who does not own the Mac's file system, as root does on a Mac. Nothing was said to them.
    #[error("user {0}, who is not the agent, listens in its place")]
    Impostor(u32),
    /// The conversation broke off.
    #[error("the conversation with the agent broke off")]
    Lost(#[from] io::Error),
    /// The agent says something that this app does not know.
    #[error("the agent's answer cannot be understood")]
    Malformed(#[from] Malformed),
    /// It took too long.
    #[error("the agent did not answer within {} s", .0.as_secs())]
    TooSlow(Duration),
}

impl Client {
    /// A client for the agent of the Mac whose file system begins at `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            patience: PATIENCE,
        }
    }

    /// The same client with another time for the agent to answer.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Asks how things stand.
    ///
    /// # Errors
    /// When there was no answer.
    pub fn status(&self) -> Result<Result<Status, Ended>, NoAnswer> {
        let mut talk = self.ask(&Request::Status)?;
        match talk.answer()? {
            Answer::Status(status) => Ok(Ok(status)),
            Answer::Ended(ended) => Ok(Err(ended)),
            Answer::Working => Err(Malformed::Text.into()),
        }
    }

    /// Has the service account made, or made whole again, with the help of `account`. `begun` is called once the agent has
    /// begun.
    ///
    /// # Errors
    /// When there was no answer. What the agent has begun it may have brought to an end all the same.
    pub fn create(
        &self,
        account: AccountName,
        password: SecretString,
        begun: impl FnOnce(),
    ) -> Result<Ended, NoAnswer> {
        let mut talk = self.ask(&Request::Create { account, password })?;
        let mut answer = talk.answer()?;
        if answer == Answer::Working {
            begun();
            answer = talk.answer()?;
        }
        match answer {
            Answer::Ended(ended) => Ok(ended),
            Answer::Status(_) | Answer::Working => Err(Malformed::Text.into()),
        }
    }

    fn ask(&self, request: &Request) -> Result<Talk, NoAnswer> {
        let message = request.message()?;
        let connection = UnixStream::connect(self.root.join(SOCKET)).map_err(NoAnswer::NotRunning)?;
        // Before anything is said: a password is for the agent alone.
        let peer = peer(&connection)?;
        if peer != fs::metadata(&self.root)?.uid() {
            return Err(NoAnswer::Impostor(peer));
        }
        let mut talk = Talk {
            connection,
            patience: self.patience,
            until: Instant::now() + self.patience,
        };
        talk.say(&message)?;
        Ok(talk)
    }
}

/// A conversation that is under way, and ends by itself.
struct Talk {
    connection: UnixStream,
    patience: Duration,
    until: Instant,
}

impl Talk {
    fn say(&mut self, message: &[u8]) -> Result<(), NoAnswer> {
        self.connection.set_write_timeout(Some(self.left()?))?;
        match self.connection.write_all(message) {
            Ok(()) => Ok(()),
            // The agent has said why it does not want to hear more, and hung up.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(self.broken(error)),
        }
    }

    fn answer(&mut self) -> Result<Answer, NoAnswer> {
        let mut header = [0; HEADER];
        self.fill(&mut header)?;
        let lengths = Lengths::of_answer(header)?;
        let mut body = Zeroizing::new(vec![0; lengths.body()]);
        self.fill(&mut body)?;
        Ok(Answer::read(lengths, &body)?)
    }

    /// Fills the whole buffer, in the time that is left and not in so much for each byte.
    fn fill(&mut self, mut buffer: &mut [u8]) -> Result<(), NoAnswer> {
        while !buffer.is_empty() {
            self.connection.set_read_timeout(Some(self.left()?))?;
            match self.connection.read(buffer) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                Ok(count) => buffer = buffer.get_mut(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.broken(error)),
            }
        }
        Ok(())
    }

    fn left(&self) -> Result<Duration, NoAnswer> {
        let left = self.until.saturating_duration_since(Instant::now());
        (!left.is_zero())
            .then_some(left)
            .ok_or(NoAnswer::TooSlow(self.patience))
    }

    fn broken(&self, error: io::Error) -> NoAnswer {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => NoAnswer::TooSlow(self.patience),
            _ => NoAnswer::Lost(error),
        }
    }
}

/// As whom the other side runs.
#[cfg(target_os = "macos")]
fn peer(connection: &UnixStream) -> io::Result<u32> {
    let (user, _) = nix::unistd::getpeereid(connection)?;
    Ok(user.as_raw())
}

/// As whom the other side runs.
#[cfg(not(target_os = "macos"))]
fn peer(connection: &UnixStream) -> io::Result<u32> {
    use nix::sys::socket::{getsockopt, sockopt::PeerCredentials};

    Ok(getsockopt(connection, PeerCredentials)?.uid())
}

#[cfg(test)]
mod tests;
