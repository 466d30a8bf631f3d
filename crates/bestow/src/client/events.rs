//! The server's stream of events: it rings when a device or an action has changed.

use std::pin::Pin;

use eventsource_stream::Eventsource as _;
use futures_util::{Stream, StreamExt as _};
use serde::Deserialize;
use trust::id::{ActionId, BulkRunId};

use super::error::ClientError;
use super::transport::Client;

/// Something has changed; look anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The event's word: `device`, `action`, `bulk`, or one that asks to look at everything anew.
    about: String,
    /// What it is about, when it is about one thing.
    id: Option<String>,
}

impl Ring {
    /// Whether it may be about this action.
    pub fn concerns_action(&self, id: ActionId) -> bool {
        match (self.about.as_str(), &self.id) {
            ("action", Some(about)) => *about == id.to_string(),
            ("device" | "bulk", _) => false,
            _ => true,
        }
    }

    /// Whether it may be about this bulk run.
    pub fn concerns_bulk_run(&self, id: BulkRunId) -> bool {
        match (self.about.as_str(), &self.id) {
            ("bulk", Some(about)) => *about == id.to_string(),
            ("device" | "action", _) => false,
            _ => true,
        }
    }
}

/// An open stream of events. It is a bell and no more: what has changed is asked for.
pub struct Bell(Pin<Box<dyn Stream<Item = Ring> + Send>>);

impl Bell {
    /// Waits for the next ring; `None` when the stream has ended.
    pub async fn next(&mut self) -> Option<Ring> {
        self.0.next().await
    }
}

#[derive(Deserialize)]
struct Payload {
    id: Option<String>,
}

impl Client {
    /// Opens the stream.
    pub async fn bell(&self) -> Result<Bell, ClientError> {
        let bytes = self.open("events").await?.bytes_stream();
        let rings = bytes
            .eventsource()
            .take_while(|event| std::future::ready(event.is_ok()))
            .filter_map(|event| {
                let ring = event.ok().and_then(|event| {
                    let payload: Payload = serde_json::from_str(&event.data).ok()?;
                    Some(Ring {
                        about: event.event,
                        id: payload.id,
                    })
                });
                std::future::ready(ring)
            });
        Ok(Bell(Box::pin(rings)))
    }
}
