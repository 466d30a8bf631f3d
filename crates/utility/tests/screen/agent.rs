//! An agent that the test plays, behind a real socket.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use secrecy::ExposeSecret as _;
use utility_protocol::frame::{HEADER, Lengths};
use utility_protocol::message::{Answer, Ended, Holds, LocalAccount, Need, Request, Status};
use utility_protocol::place::SOCKET;

/// Answers as it is told to, and passes on which account and password it heard.
pub struct FakeAgent {
    heard: Receiver<(String, String)>,
}

impl FakeAgent {
    /// An agent of the Mac whose file system begins at `root`. Every try ends like this.
    pub fn listen(root: &Path, need: Need, accounts: Vec<LocalAccount>, end: Ended) -> Self {
        let socket = root.join(SOCKET);
        fs::create_dir_all(socket.parent().unwrap()).unwrap();
        let listener = UnixListener::bind(socket).unwrap();
        let (pass_on, heard) = mpsc::channel();
        thread::spawn(move || {
            for connection in listener.incoming() {
                let status = Status {
                    need: need.clone(),
                    accounts: accounts.clone(),
                };
                answer(connection.unwrap(), status, end, &pass_on);
            }
        });
        Self { heard }
    }

    /// The account and password that the app sends next.
    pub fn hears(&self) -> (String, String) {
        self.heard.recv_timeout(super::screen::BOUND).unwrap()
    }
}

fn answer(mut connection: UnixStream, status: Status, end: Ended, pass_on: &Sender<(String, String)>) {
    let mut header = [0; HEADER];
    connection.read_exact(&mut header).unwrap();
    let lengths = Lengths::of_request(header).unwrap();
    let mut body = vec![0; lengths.body()];
    connection.read_exact(&mut body).unwrap();
    let answers = match Request::read(lengths, &body).unwrap() {
        Request::Status => vec![Answer::Status(status)],
        Request::Create { account, password } => {
            let heard = (account.to_string(), password.expose_secret().to_owned());
            pass_on.send(heard).unwrap();
            vec![Answer::Working, Answer::Ended(end)]
        }
    };
    for answer in answers {
        connection.write_all(&answer.message().unwrap()).unwrap();
    }
}

/// Accounts with names of every length.
pub fn people() -> Vec<LocalAccount> {
    let account = |name: &str, real_name: &str, holds, administrator| LocalAccount {
        record_name: name.parse().unwrap(),
        real_name: real_name.to_owned(),
        holds,
        administrator,
    };
    vec![
        account("ada", "Ada Lovelace", Holds::Yes, true),
        account("ben", "Ben Bose", Holds::No, false),
        account(
            "wilhelmina.featherstonehaugh-cholmondeley",
            "Wilhelmina Featherstonehaugh-Cholmondeley of the Northern Territories and Adjacent Islands",
            Holds::Yes,
            true,
        ),
    ]
}
