//! The stream that rings. Without it the agent polls, so its errors are no more than a reason to try again later.

use std::convert::Infallible;
use std::time::Duration;

use eventsource_stream::Eventsource as _;
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::mpsc;
use wire::agent_api::RING;

use super::Client;
use crate::core::Backoff;

/// The server sends something at least every 15 seconds; a stream that is silent for three times that is dead.
const SILENCE: Duration = Duration::from_secs(45);

/// Keeps a stream open and passes each ring on, until nobody listens any more.
pub async fn listen(client: Client, rings: mpsc::Sender<()>, seed: u64) {
    let mut backoff = Backoff::new(seed);
    while !rings.is_closed() {
        match client.stream().await {
            Ok(response) => {
                backoff.succeeded();
                // Whatever was missed while there was no stream is picked up now.
                if rings.send(()).await.is_err() {
                    return;
                }
                pass_on(response, &rings).await;
            }
            Err(refused) => tracing::debug!(%refused, "no stream"),
        }
        tokio::time::sleep(backoff.failed()).await;
    }
}

async fn pass_on(response: reqwest::Response, rings: &mpsc::Sender<()>) {
    let mut events = Box::pin(until_silent(response).eventsource());
    while let Some(Ok(event)) = events.next().await {
        if event.event == RING && rings.send(()).await.is_err() {
            return;
        }
    }
}

/// The body until it fails or falls silent. Heartbeats are comments, which are bytes but no events.
fn until_silent(response: reqwest::Response) -> impl Stream<Item = Result<impl AsRef<[u8]>, Infallible>> {
    stream::unfold(
        Box::pin(response.bytes_stream()),
        async |mut bytes| match tokio::time::timeout(SILENCE, bytes.next()).await {
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), bytes)),
            Ok(Some(Err(_)) | None) | Err(_) => None,
        },
    )
}
