//! How a login travels: a socket that is never waited for longer than the deadline, to a peer that runs as we do.

use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketAddrUnix, SocketType};
use rustix::process::geteuid;

use crate::deadline::Deadline;

/// Why the agent was not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// macOS knows no account or no password, or none that can be handed over.
    NoLogin,
    /// Nobody listens, or this library lies on no Mac.
    NoAgent,
    /// Somebody else listens.
    NotTheAgent,
    /// The agent took too long.
    OutOfTime,
    /// The connection broke.
    Lost,
}

/// Sends `message` to the socket at `path` and waits until it was taken.
///
/// # Errors
/// When it was not taken before the deadline.
pub fn tell(path: &[u8], message: &[u8], deadline: Deadline) -> Result<(), Untold> {
    let connection = connect(path)?;
    // On a Mac both run as root. A password goes to nobody else, whoever made the socket.
    if peer(&connection) != Some(geteuid().as_raw()) {
        return Err(Untold::NotTheAgent);
    }
    send(&connection, message, deadline)?;
    wait_until_taken(&connection, deadline)
}

/// On a local socket this ends at once: a listener whose queue is full refuses.
fn connect(path: &[u8]) -> Result<OwnedFd, Untold> {
    let connect = || {
        let address = SocketAddrUnix::new(path)?;
        let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
        rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::CLOEXEC)?;
        rustix::io::ioctl_fionbio(&socket, true)?;
        #[cfg(target_os = "macos")]
        rustix::net::sockopt::set_socket_nosigpipe(&socket, true)?;
        rustix::net::connect(&socket, &address)?;
        Ok(socket)
    };
    connect().map_err(|_: Errno| Untold::NoAgent)
}

/// As whom the other side runs.
#[cfg(target_os = "macos")]
fn peer(connection: &OwnedFd) -> Option<u32> {
    let (user, _) = nix::unistd::getpeereid(connection).ok()?;
    Some(user.as_raw())
}

/// As whom the other side runs.
#[cfg(not(target_os = "macos"))]
fn peer(connection: &OwnedFd) -> Option<u32> {
    let peer = rustix::net::sockopt::socket_peercred(connection).ok()?;
    Some(peer.uid.as_raw())
}

/// A peer that is gone must not end the process of macOS that this runs in, as SIGPIPE would.
#[cfg(target_os = "macos")]
const NO_SIGNAL: SendFlags = SendFlags::empty();
/// A peer that is gone must not end the process that this runs in, as SIGPIPE would.
#[cfg(not(target_os = "macos"))]
const NO_SIGNAL: SendFlags = SendFlags::NOSIGNAL;

fn send(connection: &OwnedFd, message: &[u8], deadline: Deadline) -> Result<(), Untold> {
    let mut rest = message;
    while !rest.is_empty() {
        wait(connection, PollFlags::OUT, deadline)?;
        match rustix::net::send(connection, rest, NO_SIGNAL) {
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(_) => return Err(Untold::Lost),
        }
    }
    Ok(())
}

/// Waits for the end of the connection, or for anything that is said: there is no answer to understand. Going away
/// earlier would leave the agent with a peer of whom macOS no longer says as whom it runs.
fn wait_until_taken(connection: &OwnedFd, deadline: Deadline) -> Result<(), Untold> {
    loop {
        wait(connection, PollFlags::IN, deadline)?;
        let mut answer = [0; 1];
        match rustix::net::recv(connection, &mut answer, RecvFlags::empty()) {
            Ok(_) => return Ok(()),
            Err(Errno::AGAIN | Errno::INTR) => {}
            Err(_) => return Err(Untold::Lost),
        }
    }
}

fn wait(connection: &OwnedFd, wanted: PollFlags, deadline: Deadline) -> Result<(), Untold> {
    loop {
        let left = deadline.left().ok_or(Untold::OutOfTime)?;
        let mut watched = [PollFd::from_borrowed_fd(connection.as_fd(), wanted)];
        match poll(&mut watched, Some(&timespec(left))) {
            Ok(0) => return Err(Untold::OutOfTime),
            Ok(_) => return Ok(()),
            Err(Errno::INTR) => {}
            Err(_) => return Err(Untold::Lost),
        }
    }
}

fn timespec(left: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(left.as_secs()).unwrap_or(0),
        tv_nsec: left.subsec_nanos().into(),
    }
}

#[cfg(test)]
mod tests;
