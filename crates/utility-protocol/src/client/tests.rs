//! The client against agents that a test plays.

use std::os::unix::net::UnixListener;
use std::thread;

use tempfile::TempDir;
use trust::code::Code;

use super::*;
use crate::message::Need;

/// A test in which somebody must lose the client's patience waits for this.
const SHORT: Duration = Duration::from_millis(20);

/// A Mac with nobody on it who listens.
fn mac() -> TempDir {
    let mac = tempfile::tempdir().unwrap();
    fs::create_dir_all(mac.path().join(SOCKET).parent().unwrap()).unwrap();
    mac
}

/// What comes of `ask` while an agent hears one request and says `words`, one after the other.
fn told<T>(words: &[&[u8]], ask: impl FnOnce(Client) -> T) -> (T, Request) {
    let mac = mac();
    let listener = UnixListener::bind(mac.path().join(SOCKET)).unwrap();
    thread::scope(|scope| {
        let agent = scope.spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut header = [0; HEADER];
            connection.read_exact(&mut header).unwrap();
            let lengths = Lengths::of_request(header).unwrap();
            let mut body = vec![0; lengths.body()];
            connection.read_exact(&mut body).unwrap();
            for word in words {
                connection.write_all(word).unwrap();
            }
            Request::read(lengths, &body).unwrap()
        });
        let told = ask(Client::new(mac.path()));
        (told, agent.join().unwrap())
    })
}

fn create(client: &Client, begun: impl FnOnce()) -> Result<Ended, NoAnswer> {
    client.create("ada".parse().unwrap(), SecretString::from("orchid-77"), begun)
}

#[test]
fn the_status_is_asked_and_told() {
    let status = Status {
        need: Need::Valid,
        accounts: Vec::new(),
    };
    let answer = Answer::Status(status.clone()).message().unwrap();
    let (told, heard) = told(&[&answer], |client| client.status());
    assert_eq!(told.unwrap(), Ok(status));
    assert!(matches!(heard, Request::Status));
}

#[test]
fn a_beginning_and_an_end_are_told() {
    let ended = Ended::with(Code::ServiceAccountCreated);
    let working = Answer::Working.message().unwrap();
    let over = Answer::Ended(ended).message().unwrap();
    let mut begun = false;
    let (told, heard) = told(&[&working, &over], |client| create(&client, || begun = true));
    assert_eq!(told.unwrap(), ended);
    assert!(begun);
    assert!(matches!(heard, Request::Create { account, .. } if account.as_str() == "ada"));
}

#[test]
fn a_refusal_needs_no_beginning() {
    let refused = Ended::with(Code::ServiceAccountValid);
    let answer = Answer::Ended(refused).message().unwrap();
    let (told, _) = told(&[&answer], |client| {
        create(&client, || panic!("it has not begun"))
    });
    assert_eq!(told.unwrap(), refused);
}

#[test]
fn an_agent_that_hangs_up_or_talks_nonsense_is_told() {
    let (lost, _) = told(&[], |client| client.status());
    assert!(matches!(lost, Err(NoAnswer::Lost(_))), "{lost:?}");
    let (newer, _) = told(&[&[2, 0, 0, 0, 1, 0, 0]], |client| client.status());
    assert!(
        matches!(newer, Err(NoAnswer::Malformed(Malformed::Version(2)))),
        "{newer:?}"
    );
    let working = Answer::Working.message().unwrap();
    let (twice, _) = told(&[&working, &working], |client| create(&client, || {}));
    assert!(matches!(twice, Err(NoAnswer::Malformed(_))), "{twice:?}");
}

#[test]
fn without_an_agent_that_is_said() {
    let mac = mac();
    let nobody = Client::new(mac.path()).status();
    assert!(matches!(nobody, Err(NoAnswer::NotRunning(_))), "{nobody:?}");
}

#[test]
fn an_agent_that_never_answers_is_left() {
    let mac = mac();
    let _listener = UnixListener::bind(mac.path().join(SOCKET)).unwrap();
    let silent = Client::new(mac.path()).patience(SHORT).status();
    assert!(matches!(silent, Err(NoAnswer::TooSlow(SHORT))), "{silent:?}");
}

/// Only root can make a folder somebody else's, so elsewhere than in a container there is nothing to see here.
#[test]
fn somebody_else_in_the_agents_place_hears_nothing() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("only root can play somebody else");
        return;
    }
    let mac = mac();
    let listener = UnixListener::bind(mac.path().join(SOCKET)).unwrap();
    std::os::unix::fs::chown(mac.path(), Some(65_534), None).unwrap();
    let refused = create(&Client::new(mac.path()), || {});
    assert!(matches!(refused, Err(NoAnswer::Impostor(0))), "{refused:?}");
    let mut heard = Vec::new();
    let (mut connection, _) = listener.accept().unwrap();
    connection.read_to_end(&mut heard).unwrap();
    assert_eq!(heard, b"");
}
