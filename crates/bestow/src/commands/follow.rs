//! Watching an action until it has ended.

use std::time::Duration;

use trust::id::ActionId;

use crate::client::{ActionView, Answer, Bell, Client, ClientError};
use crate::exit::Failure;
use crate::output::note;

/// Between two looks while nothing rings, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Between two looks while the bell is open: it may have missed something.
const LONGEST_SILENCE: Duration = Duration::from_secs(15);
/// How many looks in a row may bring no answer: about two minutes.
const PATIENCE: u32 = 24;

/// Watches the action until it has ended, `limit` is over or the person presses Ctrl-C. Answers the last look.
pub async fn follow(
    client: &Client,
    first: Answer<ActionView>,
    limit: Option<Duration>,
) -> Result<Answer<ActionView>, Failure> {
    let id = first.value.id;
    let mut last = first;
    let why = tokio::select! {
        watched = watch(client, &mut last) => {
            watched?;
            return Ok(last);
        }
        _ = tokio::signal::ctrl_c() => "Stopped watching.",
        () = after(limit) => "The time to wait is over.",
    };
    note(&format!(
        "{why} The action goes on: `bestow action {id} --wait` watches it, `bestow cancel {id}` calls it back."
    ));
    Ok(last)
}

async fn after(limit: Option<Duration>) {
    match limit {
        Some(limit) => tokio::time::sleep(limit).await,
        None => std::future::pending().await,
    }
}

async fn watch(client: &Client, last: &mut Answer<ActionView>) -> Result<(), ClientError> {
    let id = last.value.id;
    let mut pause = FIRST_PAUSE;
    let mut unanswered = 0;
    // Opened before the first look, so that no change falls between the two.
    let mut bell = client.bell().await.ok();
    loop {
        match client.action(id).await {
            Ok(answer) => {
                unanswered = 0;
                if answer.value.state != last.value.state {
                    note(&format!("{} ...", answer.value.state));
                    pause = FIRST_PAUSE;
                }
                *last = answer;
                if last.value.is_final() {
                    return Ok(());
                }
            }
            Err(error) if error.is_passing() && unanswered < PATIENCE => {
                if unanswered == 0 {
                    note(&format!("{error}; trying again ..."));
                }
                unanswered += 1;
            }
            Err(error) => return Err(error),
        }
        bell = match bell {
            Some(bell) => until_it_rings(bell, id).await,
            None => {
                tokio::time::sleep(pause).await;
                pause = LONGEST_PAUSE.min(pause * 2);
                client.bell().await.ok()
            }
        };
    }
}

/// Waits for news of the action. Answers the bell, unless the server has closed it.
async fn until_it_rings(mut bell: Bell, id: ActionId) -> Option<Bell> {
    let id = id.to_string();
    let rings = async {
        while let Some(ring) = bell.next().await {
            if ring.about == "action" && ring.id == id {
                return true;
            }
        }
        false
    };
    let is_open = tokio::time::timeout(LONGEST_SILENCE, rings).await.unwrap_or(true);
    is_open.then_some(bell)
}
