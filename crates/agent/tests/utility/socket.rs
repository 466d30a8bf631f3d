//! The socket: requests of the person at the screen, and nothing else, whoever comes and whatever they say.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use agent::utility::Asked;
use agent::utility::socket::UtilitySocket;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::sync::mpsc;
use trust::code::Code;
use utility_protocol::client::{Client, NoAnswer};
use utility_protocol::frame::{self, LONGEST_REQUEST};
use utility_protocol::message::{Ended, Request};
use utility_protocol::place::SOCKET;

/// Far more than any test needs.
const LONG: Duration = Duration::from_secs(60);
/// A test in which somebody must lose the agent's patience waits for this.
const SHORT: Duration = Duration::from_millis(20);

fn place() -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join(SOCKET);
    (root, path)
}

fn us() -> u32 {
    nix::unistd::geteuid().as_raw()
}

fn open(
    path: &Path,
    at_the_screen: Option<u32>,
) -> UtilitySocket<impl Fn() -> Result<Option<u32>, mac::Error> + use<>> {
    UtilitySocket::open(path, move || Ok(at_the_screen)).unwrap()
}

fn create(password: &str) -> Vec<u8> {
    let request = Request::Create {
        account: "ada".parse().unwrap(),
        password: SecretString::from(password),
    };
    request.message().unwrap().to_vec()
}

/// What comes of `talk`, during which the agent answers nobody, and how many were heard.
async fn unanswered<T: Send + 'static>(
    patience: Duration,
    at_the_screen: Option<u32>,
    talk: impl FnOnce(&Path) -> T + Send + 'static,
) -> (T, usize) {
    let (root, path) = place();
    let socket = open(&path, at_the_screen).patience(patience);
    let (ask, mut asked) = mpsc::channel::<Asked>(100);
    let talk = tokio::task::spawn_blocking(move || talk(root.path()));
    let said = tokio::select! {
        said = talk => said.unwrap(),
        () = socket.serve(ask) => unreachable!("somebody answers"),
    };
    let mut heard = 0;
    while asked.try_recv().is_ok() {
        heard += 1;
    }
    (said, heard)
}

/// Says something, hangs up on its side, and answers what the agent said until it hung up, too.
fn say(root: &Path, words: &[u8]) -> Vec<u8> {
    let mut connection = UnixStream::connect(root.join(SOCKET)).unwrap();
    // An agent that has heard enough hangs up in the middle.
    let _ = connection.write_all(words);
    let _ = connection.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    answer
}

#[tokio::test]
async fn somebody_who_is_not_at_the_screen_is_told_so_and_not_listened_to() {
    for at_the_screen in [None, Some(us() + 1)] {
        let talk = |root: &Path| {
            let client = Client::new(root).patience(LONG);
            let password = SecretString::from("orchid-77");
            (
                client.status().unwrap(),
                client.create("ada".parse().unwrap(), password, || {}).unwrap(),
            )
        };
        let ((status, created), heard) = unanswered(LONG, at_the_screen, talk).await;
        let refused = Ended::with(Code::NotAtTheScreen);
        assert_eq!((status, created), (Err(refused), refused));
        assert_eq!(heard, 0);
    }
}

#[tokio::test]
async fn nobody_is_heard_while_it_is_not_known_who_sits_there() {
    let (root, path) = place();
    let socket = UtilitySocket::open(&path, || {
        Err(mac::Error::Unreadable {
            tool: mac::Tool::Stat,
            exit: mac::Exit::Code(1),
            said: String::new(),
        })
    });
    let (ask, mut asked) = mpsc::channel::<Asked>(1);
    let talk = tokio::task::spawn_blocking(move || Client::new(root.path()).patience(LONG).status());
    let told = tokio::select! {
        told = talk => told.unwrap(),
        () = socket.unwrap().serve(ask) => unreachable!("somebody answers"),
    };
    assert!(matches!(told, Err(NoAnswer::Lost(_))), "{told:?}");
    assert!(asked.try_recv().is_err());
}

#[tokio::test]
async fn nonsense_is_dropped() {
    let talk = |root: &Path| {
        let whole = create("orchid-77");
        for cut in 0..whole.len() {
            assert_eq!(say(root, &whole[..cut]), b"");
        }
        let too_long = frame::write(&vec![b' '; LONGEST_REQUEST + 1], b"").unwrap();
        for words in [
            &too_long[..],
            b"\x02\x00\x00\x00\x02\x00\x00{}",
            b"\x01\xff\xff\xff\xff\xff\xff",
            b"\x01\x00\x00\x00\x02\x00\x00{}",
            b"\x01\x00\x00\x00\x02\x00\x00\xff\xff",
            &vec![b'x'; 1 << 20],
        ] {
            assert_eq!(say(root, words), b"");
        }
    };
    let ((), heard) = unanswered(LONG, Some(us()), talk).await;
    assert_eq!(heard, 0);
}

#[tokio::test]
async fn somebody_who_never_comes_to_the_end_is_left() {
    let talk = |root: &Path| {
        let mut silent = UnixStream::connect(root.join(SOCKET)).unwrap();
        silent.write_all(&create("orchid-77")[..12]).unwrap();
        let mut answer = Vec::new();
        silent.read_to_end(&mut answer).unwrap();
        assert_eq!(answer, b"");
    };
    let ((), heard) = unanswered(SHORT, Some(us()), talk).await;
    assert_eq!(heard, 0);
}

#[tokio::test]
async fn somebody_who_goes_away_is_not_waited_for() {
    let (root, path) = place();
    let socket = open(&path, Some(us())).patience(LONG);
    let (ask, mut asked) = mpsc::channel::<Asked>(1);
    let talk = tokio::task::spawn_blocking(move || say(root.path(), &create("orchid-77")));
    tokio::select! {
        said = talk => assert_eq!(said.unwrap(), b""),
        () = socket.serve(ask) => unreachable!("somebody answers"),
    }
    let asked = asked.try_recv().unwrap();
    assert!(!asked.is_waited_for());
    let shown = format!("{asked:?}");
    assert!(shown.contains("ada") && !shown.contains("orchid"), "{shown}");
}

/// Only root can become somebody else, so elsewhere than in a container there is nothing to see here.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn who_asks_is_the_kernels_word() {
    use std::os::unix::fs::PermissionsExt as _;

    if !nix::unistd::geteuid().is_root() {
        eprintln!("only root can play somebody else");
        return;
    }
    let talk = |root: &Path| {
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
        let root = root.to_owned();
        let stranger = std::thread::spawn(move || {
            rustix::thread::set_thread_uid(rustix::process::Uid::from_raw(65_534)).unwrap();
            Client::new(&root).patience(LONG).status().unwrap()
        });
        stranger.join().unwrap()
    };
    let (told, heard) = unanswered(LONG, Some(0), talk).await;
    assert_eq!((told, heard), (Err(Ended::with(Code::NotAtTheScreen)), 0));
}

#[tokio::test]
async fn an_earlier_agents_socket_is_replaced_and_everybody_may_knock() {
    use std::os::unix::fs::PermissionsExt as _;

    let (_root, path) = place();
    drop(open(&path, None));
    let _listening = open(&path, None);
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o666);
}

#[tokio::test]
async fn a_path_that_no_socket_can_have_is_an_error() {
    let (_root, path) = place();
    assert!(UtilitySocket::open(&path.join("x".repeat(120)), || Ok(None)).is_err());
}
