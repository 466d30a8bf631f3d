//! One agent at a time, and none while a tool of an earlier one still runs.
//!
//! The lock's descriptor is inherited by every tool that the agent starts. An agent that was killed in the middle of a
//! grant leaves the tool behind it running; the lock stays taken until that tool has ended, so that the next agent does
//! not look at the Mac, and conclude that nothing happened, while it is still happening.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use nix::fcntl::{FcntlArg, FdFlag, fcntl};

/// How long to wait for what an earlier agent left behind.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// The lock. It is held until the agent and all tools that it started have ended.
#[derive(Debug)]
pub struct SingleAgent(#[expect(dead_code, reason = "held for its lock")] File);

/// Why the lock was not to be had.
#[derive(Debug, thiserror::Error)]
pub enum NotSingle {
    /// Another agent runs, or a tool of an earlier one does not end.
    #[error("another agent, or a tool that an earlier one started, has been running for over {} seconds", PATIENCE.as_secs())]
    StillRunning,
    /// The file could not be used.
    #[error("take the agent's lock")]
    Io(#[source] io::Error),
}

impl SingleAgent {
    /// Takes the lock at `path`, waiting up to `patience` for an earlier agent's tools to end.
    pub fn acquire(path: &Path, patience: Duration) -> Result<Self, NotSingle> {
        let open = || {
            OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .mode(0o600)
                .open(path)
        };
        let file = open().map_err(NotSingle::Io)?;
        if file.try_lock().is_err() {
            tracing::info!("waiting for what an earlier agent left running");
            let (locked, wait) = mpsc::channel();
            let waiting = file.try_clone().map_err(NotSingle::Io)?;
            std::thread::spawn(move || locked.send(waiting.lock()));
            wait.recv_timeout(patience)
                .map_err(|_| NotSingle::StillRunning)?
                .map_err(NotSingle::Io)?;
        }
        fcntl(&file, FcntlArg::F_SETFD(FdFlag::empty())).map_err(|errno| NotSingle::Io(errno.into()))?;
        Ok(Self(file))
    }
}
