//! What the client makes of servers that misbehave. Everything else is tested against the real server.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use secrecy::SecretString;

use super::connect::connect_with;
use super::transport::Patience;
use super::{ActionView, Answer, Client, ClientError};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// How one connection is treated.
#[derive(Clone)]
enum Manner {
    /// It is answered with these bytes.
    Says(Vec<u8>),
    /// It is closed without a word.
    HangsUp,
    /// It is held open without a word until the client goes away.
    Stays,
}

/// Takes one connection after the other and treats each in its manner. Answers the address and the requests seen.
fn server(manners: Vec<Manner>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (requests, seen) = mpsc::channel();
    thread::spawn(move || {
        for manner in manners {
            let (mut connection, _) = listener.accept().unwrap();
            let request = read_request(&mut connection);
            let _ = requests.send(request);
            match manner {
                Manner::Says(bytes) => connection.write_all(&bytes).unwrap(),
                Manner::HangsUp => {}
                Manner::Stays => drop(connection.read(&mut [0])),
            }
        }
    });
    (address, seen)
}

fn read_request(connection: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = connection.read(&mut chunk).unwrap_or(0);
        request.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&request);
        let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse().ok())?
            });
            body.len() >= length.unwrap_or(0)
        });
        if whole || count == 0 {
            return text.into_owned();
        }
    }
}

fn says(status: &str, body: &str) -> Manner {
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    Manner::Says(answer.into_bytes())
}

fn action(state: &str) -> String {
    let action = serde_json::json!({
        "id": ID, "device_id": ID, "kind": "grant_secure_token", "state": state, "not_after": 1, "created_at": 0,
    });
    action.to_string()
}

fn client(address: &str) -> Client {
    let patience = Patience {
        connect: Duration::from_secs(2),
        answer: Duration::from_millis(300),
        tries: 3,
        pause: Duration::from_millis(1),
    };
    connect_with(
        address.parse().unwrap(),
        SecretString::from("the token"),
        None,
        patience,
    )
    .unwrap()
}

async fn cancel(address: &str) -> Result<Answer<ActionView>, ClientError> {
    client(address).cancel_action(ID.parse().unwrap()).await
}

async fn failure_of(manners: Vec<Manner>) -> ClientError {
    let (address, _seen) = server(manners);
    match cancel(&address).await {
        Err(error) => error,
        Ok(_) => panic!("an answer was made of nonsense"),
    }
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_under_the_same_key() {
    let (address, seen) = server(vec![
        Manner::HangsUp,
        Manner::Stays,
        says("200 OK", &action("cancelled")),
    ]);
    let answer = cancel(&address).await.unwrap();
    assert_eq!(answer.value.state, "cancelled");
    assert_eq!(answer.json, action("cancelled"));
    let keys: Vec<String> = seen
        .iter()
        .map(|request| {
            let mut lines = request.lines();
            lines
                .find(|line| line.to_lowercase().starts_with("idempotency-key:"))
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(
        keys.iter().all(|key| *key == keys[0] && key.len() > 20),
        "{keys:?}"
    );
}

#[tokio::test]
async fn a_refusal_is_not_asked_for_again() {
    let problem = r#"{"title":"It runs","status":409,"code":"action_already_started","next_step":"wait"}"#;
    let (address, seen) = server(vec![
        says("409 Conflict", problem),
        says("200 OK", &action("cancelled")),
    ]);
    let Err(ClientError::Problem(refusal)) = cancel(&address).await else {
        panic!("the refusal was lost");
    };
    assert_eq!(refusal.code.as_deref(), Some("action_already_started"));
    assert_eq!((refusal.status, refusal.json.as_str()), (409, problem));
    assert_eq!(seen.try_iter().count(), 1);
}

#[tokio::test]
async fn a_page_of_something_else_is_not_taken_for_an_answer() {
    let error = failure_of(vec![says("200 OK", "<html>Welcome to the hotel</html>")]).await;
    assert!(
        matches!(error, ClientError::NotOurs { status: 200, .. }),
        "{error}"
    );
    let error = failure_of(vec![says("403 Forbidden", "<html>blocked</html>")]).await;
    assert!(
        matches!(error, ClientError::NotOurs { status: 403, .. }),
        "{error}"
    );
    assert!(!error.to_string().contains("the token"));
}

#[tokio::test]
async fn a_torn_answer_is_no_answer() {
    let torn = b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"id\":".to_vec();
    let error = failure_of(vec![Manner::Says(torn); 3]).await;
    assert!(matches!(error, ClientError::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let error = failure_of(vec![Manner::Stays; 3]).await;
    assert!(matches!(error, ClientError::TimedOut { .. }), "{error}");
}

#[tokio::test]
async fn a_redirect_does_not_take_the_token_elsewhere() {
    let elsewhere =
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_vec();
    let error = failure_of(vec![Manner::Says(elsewhere)]).await;
    assert!(
        matches!(error, ClientError::NotOurs { status: 302, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn nobody_at_the_address_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = cancel(&address).await.err().unwrap();
    let text = error.to_string();
    assert!(text.contains(&address) && text.contains("refused"), "{text}");
}
