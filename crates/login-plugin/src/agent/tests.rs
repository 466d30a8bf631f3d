//! Agents of every kind at the other end. None of them is waited for longer than the deadline.

use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::mpsc;

use super::*;

/// Far more than any test needs: where a test passes, this time was not waited for.
const LONG: Duration = Duration::from_secs(60);
/// A test in which the deadline must pass waits for this.
const SHORT: Duration = Duration::from_millis(20);

/// Tells an agent that does `work` with the connection, and gives what came of it. The connection stays open until the
/// plug-in has gone on, unless the agent closes it.
fn told(
    message: &[u8],
    limit: Duration,
    work: impl FnOnce(&mut UnixStream) -> bool + Send + 'static,
) -> Result<(), Untold> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("login.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let (gone_on, has_gone_on) = mpsc::channel::<()>();
    let agent = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        if work(&mut connection) {
            has_gone_on.recv().unwrap_err();
        }
    });
    let told = tell(path.as_os_str().as_bytes(), message, Deadline::after(limit));
    drop(gone_on);
    agent.join().unwrap();
    told
}

fn read(connection: &mut UnixStream, length: usize) {
    let mut message = vec![0; length];
    connection.read_exact(&mut message).unwrap();
}

#[test]
fn an_agent_that_takes_the_login_and_closes_is_done() {
    assert_eq!(
        told(b"login", LONG, |connection| {
            read(connection, 5);
            false
        }),
        Ok(())
    );
}

#[test]
fn whatever_an_agent_says_is_an_answer() {
    for answer in [vec![0xFF], b"{\"ok\":".to_vec(), vec![b'x'; 4 << 20]] {
        let told = told(b"login", LONG, move |connection| {
            read(connection, 5);
            // Nobody reads all of a long answer; the plug-in has gone by then.
            let _ = connection.write_all(&answer);
            true
        });
        assert_eq!(told, Ok(()));
    }
}

#[test]
fn an_agent_that_never_answers_is_left() {
    let told = told(b"login", SHORT, |connection| {
        read(connection, 5);
        true
    });
    assert_eq!(told, Err(Untold::OutOfTime));
}

#[test]
fn an_agent_that_never_reads_is_left() {
    // More than a socket holds while nobody reads.
    let message = vec![b'x'; 4 << 20];
    assert_eq!(told(&message, SHORT, |_| true), Err(Untold::OutOfTime));
}

#[test]
fn progress_does_not_prolong_the_deadline() {
    let told = told(&vec![b'x'; 4 << 20], SHORT, |connection| {
        // It reads on, drop by drop, for as long as the plug-in is there.
        let mut drop = [0; 64];
        while connection.read(&mut drop).is_ok_and(|count| count > 0) {}
        false
    });
    assert_eq!(told, Err(Untold::OutOfTime));
}

#[test]
fn an_agent_that_hangs_up_at_once_ends_it() {
    let told = told(&vec![b'x'; 4 << 20], LONG, |_| false);
    assert_eq!(told, Err(Untold::Lost));
}

#[test]
fn nobody_listens() {
    let folder = tempfile::tempdir().unwrap();
    let dead = folder.path().join("login.sock");
    drop(UnixListener::bind(&dead).unwrap());
    for path in [
        dead,
        folder.path().join("none"),
        folder.path().join("x".repeat(200)),
    ] {
        let told = tell(path.as_os_str().as_bytes(), b"login", Deadline::after(LONG));
        assert_eq!(told, Err(Untold::NoAgent));
    }
}

#[test]
fn an_agent_that_accepts_nobody_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("login.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let told = tell(path.as_os_str().as_bytes(), b"login", Deadline::after(SHORT));
    assert_eq!(told, Err(Untold::OutOfTime));
    // What was said to it is there when it comes back.
    let (mut connection, _) = listener.accept().unwrap();
    let mut message = Vec::new();
    connection.read_to_end(&mut message).unwrap();
    assert_eq!(message, b"login");
}

#[test]
fn a_full_queue_refuses_and_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("login.sock");
    let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None).unwrap();
    rustix::net::bind(&socket, &SocketAddrUnix::new(&path).unwrap()).unwrap();
    rustix::net::listen(&socket, 0).unwrap();
    let path = path.as_os_str().as_bytes();
    let mut waiting = Vec::new();
    let refused = loop {
        match connect(path) {
            Ok(connection) => waiting.push(connection),
            Err(refused) => break refused,
        }
    };
    assert_eq!(refused, Untold::NoAgent);
    assert_eq!(tell(path, b"login", Deadline::after(LONG)), Err(Untold::NoAgent));
}

/// Only root can become somebody else, so elsewhere than in a container there is nothing to see here.
#[cfg(target_os = "linux")]
#[test]
fn somebody_else_who_listens_is_told_nothing() {
    use std::os::unix::fs::PermissionsExt as _;

    if !geteuid().is_root() {
        eprintln!("only root can play somebody else");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let path = folder.path().join("login.sock");
    let place = path.clone();
    let listener = std::thread::spawn(move || {
        let nobody = rustix::process::Uid::from_raw(65534);
        rustix::thread::set_thread_uid(nobody).unwrap();
        UnixListener::bind(place).unwrap()
    });
    let listener = listener.join().unwrap();
    let told = tell(path.as_os_str().as_bytes(), b"login", Deadline::after(LONG));
    assert_eq!(told, Err(Untold::NotTheAgent));
    let (mut connection, _) = listener.accept().unwrap();
    let mut message = Vec::new();
    connection.read_to_end(&mut message).unwrap();
    assert_eq!(message, b"");
}
