//! Watching an action until it has ended.

use std::time::Duration;

use crate::client::{ActionView, Answer, Client, ClientError, Watch};
use crate::exit::Failure;
use crate::output::note;

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
    let mut unanswered = 0;
    let mut watch = Watch::open(client).await;
    loop {
        match client.action(id).await {
            Ok(answer) => {
                unanswered = 0;
                if answer.value.state != last.value.state {
                    note(&format!("{} ...", answer.value.state));
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
        watch.wait(|ring| ring.concerns_action(id)).await;
    }
}
