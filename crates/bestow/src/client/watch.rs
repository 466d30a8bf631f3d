//! Waiting until the server shows what one waits for.

use std::time::Duration;

use super::events::{Bell, Ring};
use super::transport::Client;

/// Between two looks while nothing rings, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Between two looks while the bell is open: it may have missed something.
const LONGEST_SILENCE: Duration = Duration::from_secs(15);

/// Wakes whoever waits for a change: when the server rings, and now and then without that.
pub struct Watch<'a> {
    client: &'a Client,
    bell: Option<Bell>,
    pause: Duration,
}

impl<'a> Watch<'a> {
    /// Watches the server. Open it before the first look, so that no change falls between the two.
    pub async fn open(client: &'a Client) -> Self {
        Self {
            client,
            bell: client.bell().await.ok(),
            pause: FIRST_PAUSE,
        }
    }

    /// Waits until it is worth looking again: something rang that `is_meant`, or nothing did for a while.
    pub async fn wait(&mut self, is_meant: impl Fn(&Ring) -> bool) {
        let Some(bell) = &mut self.bell else {
            tokio::time::sleep(self.pause).await;
            self.pause = LONGEST_PAUSE.min(self.pause * 2);
            self.bell = self.client.bell().await.ok();
            return;
        };
        self.pause = FIRST_PAUSE;
        let rings = async {
            while let Some(ring) = bell.next().await {
                if is_meant(&ring) {
                    return true;
                }
            }
            false
        };
        let is_open = tokio::time::timeout(LONGEST_SILENCE, rings).await.unwrap_or(true);
        if !is_open {
            self.bell = None;
        }
    }
}
