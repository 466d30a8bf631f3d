//! Waiting for the server to ring. Without that the agent looks in now and then, so its errors are no more than a reason to
//! try again later.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};
use wire::agent_api::LONGEST_RING;

use super::{Client, Refused};
use crate::core::Backoff;
use crate::shell::Rings;

/// How much later than asked for the server's answer may come. After that the connection is taken for lost.
const LATE: Duration = Duration::from_secs(5);

/// Asks the server to ring. What was asked stays asked while the agent does something else, so that the server does not take
/// it for gone.
pub struct Doorbell {
    client: Client,
    backoff: Backoff,
    asked: Option<Asked>,
}

struct Asked {
    answer: Pin<Box<dyn Future<Output = Result<bool, Refused>> + Send>>,
    /// When the server answers, at the latest.
    due: Instant,
}

impl Doorbell {
    /// The doorbell of the device that `client` speaks for.
    pub fn new(client: Client, seed: u64) -> Self {
        Self {
            client,
            backoff: Backoff::new(seed),
            asked: None,
        }
    }

    fn ask(&self, within: Duration, now: Instant) -> Asked {
        let within = within.min(LONGEST_RING);
        let client = self.client.clone();
        Asked {
            answer: Box::pin(async move { client.ring(within).await }),
            due: now + within,
        }
    }
}

impl Rings for Doorbell {
    async fn rung(&mut self, within: Duration) -> bool {
        let end = Instant::now() + within;
        loop {
            let now = Instant::now();
            if now >= end {
                return false;
            }
            let asked = self.asked.take().unwrap_or_else(|| self.ask(end - now, now));
            let is_for_later = asked.due > end;
            let until = if is_for_later { end } else { asked.due + LATE };
            let answer = timeout_at(until, self.asked.insert(asked).answer.as_mut()).await;
            if answer.is_err() && is_for_later {
                return false;
            }
            self.asked = None;
            match answer {
                Ok(Ok(rung)) => {
                    self.backoff.succeeded();
                    if rung {
                        return true;
                    }
                }
                Ok(Err(refused)) => {
                    tracing::debug!(%refused, "no bell");
                    sleep_until(end.min(Instant::now() + self.backoff.failed())).await;
                }
                Err(_) => tracing::debug!("the bell does not answer"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rand_core::UnwrapErr;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};
    use trust::id::{DeviceId, GenericUuid as _};
    use uuid::Uuid;
    use wire::identity::DeviceSigningKey;

    use super::*;
    use crate::clock::SystemClock;

    const HOUR: Duration = Duration::from_hours(1);

    /// A doorbell, and the server that it asks.
    async fn doorbell() -> (Doorbell, TcpListener) {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", server.local_addr().unwrap());
        let device = DeviceId::from_untyped_uuid(Uuid::from_u128(1));
        let key = DeviceSigningKey::generate(&mut UnwrapErr(getrandom::SysRng));
        let client = Client::new(&address, None, device, key, Arc::new(SystemClock)).unwrap();
        (Doorbell::new(client, 1), server)
    }

    /// Reads a request, and answers its first line.
    async fn request(stream: &mut TcpStream) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        head.lines().next().unwrap().to_owned()
    }

    async fn answer(stream: &mut TcpStream, rung: bool) {
        let body = format!("{{\"rung\":{rung}}}");
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
    }

    #[tokio::test]
    async fn what_was_asked_stays_asked_while_the_agent_does_something_else() {
        let (mut doorbell, server) = doorbell().await;
        let asked = async {
            let (mut stream, _) = server.accept().await.unwrap();
            let line = request(&mut stream).await;
            assert_eq!(line, "GET /agent/v1/ring?after=0&within_ms=50000 HTTP/1.1");
            stream
        };
        let mut stream = tokio::select! {
            rung = doorbell.rung(HOUR) => panic!("nobody has answered, but {rung}"),
            stream = asked => stream,
        };
        assert!(!doorbell.rung(Duration::from_millis(1)).await, "its time is over");
        answer(&mut stream, true).await;
        assert!(doorbell.rung(HOUR).await, "the answer to what was asked at first");
    }

    #[tokio::test]
    async fn it_asks_again_on_the_same_connection_until_it_rings() {
        let (mut doorbell, server) = doorbell().await;
        let serve = async {
            let (mut stream, _) = server.accept().await.unwrap();
            for rung in [false, false, true] {
                request(&mut stream).await;
                answer(&mut stream, rung).await;
            }
            stream
        };
        let (rung, _stream) = tokio::join!(doorbell.rung(HOUR), serve);
        assert!(rung);
    }

    #[tokio::test]
    async fn without_a_server_it_waits_its_time_out() {
        let (mut doorbell, server) = doorbell().await;
        drop(server);
        assert!(!doorbell.rung(Duration::from_millis(20)).await);
    }
}
