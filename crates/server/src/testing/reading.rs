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
                let event = read_event(event);
                self.text = rest.to_owned();
                match event {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            let chunk = self.stream.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// Reads an event as browsers do: comments are skipped, and what has no data is no event.
fn read_event(text: &str) -> Option<ReadEvent> {
    let (mut name, mut data) = (String::new(), Vec::new());
    for line in text.lines() {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut name),
            "data" => data.push(value),
            _ => {}
        }
    }
    (!data.is_empty()).then(|| ReadEvent {
        name,
        data: data.join("\n"),
    })
}
