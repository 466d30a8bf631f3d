//! Reading server-sent events of an answer that does not end.

use axum::body::BodyDataStream;
use axum::response::Response;
use futures_util::StreamExt as _;
use serde_json::Value;

/// A stream that is read event by event.
pub(crate) struct Reading {
    stream: BodyDataStream,
    text: String,
}

/// One event.
#[derive(Debug)]
pub(crate) struct ReadEvent {
    pub name: String,
    pub data: String,
}

impl ReadEvent {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap()
    }
}

impl Reading {
    pub(crate) fn of(response: Response) -> Self {
        Self {
            stream: response.into_body().into_data_stream(),
            text: String::new(),
        }
    }

    /// The next event; `None` when the stream has ended. Waits as long as the stream is open.
    pub(crate) async fn next(&mut self) -> Option<ReadEvent> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let lines = event.lines().filter_map(|line| line.split_once(':'));
                    let mut values = lines
                        .filter(|(key, _)| *key == name)
                        .map(|(_, value)| value.trim());
                    values.next().unwrap_or_default().to_owned()
                };
                let event = ReadEvent {
                    name: field("event"),
                    data: field("data"),
                };
                self.text = rest.to_owned();
                return Some(event);
            }
            let chunk = self.stream.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}
