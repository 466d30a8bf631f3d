//! The socket: a login from somebody who may tell one, and nothing else, whoever comes and whatever they say.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use agent::login::Login;
use agent::login::socket::LoginSocket;
use login_handover::message::{self, LONGEST};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

/// Far more than any test needs.
const LONG: Duration = Duration::from_secs(60);
/// A test in which somebody must lose the agent's patience waits for this.
const SHORT: Duration = Duration::from_millis(20);

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/login.sock");
    (folder, path)
}

fn login(password: &str) -> Vec<u8> {
    let mut buffer = Zeroizing::new([0; LONGEST]);
    message::write(&mut buffer, b"ada", password.as_bytes())
        .unwrap()
        .to_vec()
}

/// What the socket takes while `talk` goes on, which is over when the last login in `passwords` has come.
async fn taken(patience: Duration, talk: impl FnOnce(&Path) + Send + 'static, count: usize) -> Vec<Login> {
    let (_folder, path) = place();
    let socket = LoginSocket::open(&path).unwrap().patience(patience);
    let (tell, mut logins) = mpsc::channel(8);
    let talk = tokio::task::spawn_blocking(move || talk(&path));
    let receive = async {
        let mut taken = Vec::new();
        while taken.len() < count {
            taken.push(logins.recv().await.unwrap());
        }
        taken
    };
    let taken = tokio::select! {
        taken = receive => taken,
        () = socket.serve(tell) => unreachable!("somebody wants the logins"),
    };
    talk.await.unwrap();
    assert!(logins.try_recv().is_err(), "a login too many");
    taken
}

/// Says something and waits until the agent hangs up. Answers what it said before, which is nothing.
fn say(path: &Path, words: &[u8]) {
    let mut connection = UnixStream::connect(path).unwrap();
    // An agent that has heard enough hangs up in the middle.
    let _ = connection.write_all(words);
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    assert_eq!(answer, b"");
}

#[tokio::test]
async fn a_login_is_taken_and_the_connection_closed() {
    let logins = taken(LONG, |path| say(path, &login("orchid-77")), 1).await;
    assert_eq!(logins[0].account, "ada");
    assert_eq!(logins[0].password.expose_secret(), "orchid-77");
    let shown = format!("{:?}", logins[0]);
    assert!(!shown.contains("orchid"), "{shown}");
}

#[tokio::test]
async fn nonsense_is_dropped_and_the_next_login_is_taken() {
    let talk = |path: &Path| {
        let whole = login("orchid-77");
        for cut in 0..whole.len() {
            say_and_go(path, &whole[..cut]);
        }
        say(path, &[2, 0, 3, 0, 9]);
        say(path, &[1, 0, 0, 0, 9]);
        say(path, &[1, 0xFF, 0xFF, 0xFF, 0xFF]);
        say(path, b"\x01\x00\x01\x00\x01\xff\xff");
        say(path, &vec![b'x'; 1 << 20]);
        say(path, &whole);
    };
    let logins = taken(LONG, talk, 1).await;
    assert_eq!(logins[0].password.expose_secret(), "orchid-77");
}

/// Says something and hangs up first.
fn say_and_go(path: &Path, words: &[u8]) {
    UnixStream::connect(path).unwrap().write_all(words).unwrap();
}

#[tokio::test]
async fn somebody_who_never_comes_to_the_end_is_left() {
    let talk = |path: &Path| {
        let half = &login("orchid-77")[..7];
        let mut silent = UnixStream::connect(path).unwrap();
        silent.write_all(half).unwrap();
        let mut answer = Vec::new();
        silent.read_to_end(&mut answer).unwrap();
        assert_eq!(answer, b"");
        say(path, &login("orchid-78"));
    };
    let logins = taken(SHORT, talk, 1).await;
    assert_eq!(logins[0].password.expose_secret(), "orchid-78");
}

/// Only root can become somebody else, so elsewhere than in a container there is nothing to see here.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn somebody_else_is_not_listened_to() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("only root can play somebody else");
        return;
    }
    let talk = |path: &Path| {
        // The folder and the socket keep others out already; here they get as far as the agent itself.
        for part in path.ancestors().take(3) {
            std::fs::set_permissions(part, std::fs::Permissions::from_mode(0o777)).unwrap();
        }
        let place = path.to_owned();
        let stranger = std::thread::spawn(move || {
            let nobody = rustix::process::Uid::from_raw(65534);
            rustix::thread::set_thread_uid(nobody).unwrap();
            say(&place, &login("orchid-of-nobody"));
        });
        stranger.join().unwrap();
        say(path, &login("orchid-77"));
    };
    let logins = taken(LONG, talk, 1).await;
    assert_eq!(logins[0].password.expose_secret(), "orchid-77");
}

#[tokio::test]
async fn nobody_else_may_enter_and_an_earlier_agents_socket_is_replaced() {
    let (_folder, path) = place();
    let first = LoginSocket::open(&path).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    drop(first);
    LoginSocket::open(&path).unwrap();
}

#[tokio::test]
async fn a_path_that_no_socket_can_have_is_an_error() {
    let (_folder, path) = place();
    LoginSocket::open(&path.join("x".repeat(120))).unwrap_err();
}
