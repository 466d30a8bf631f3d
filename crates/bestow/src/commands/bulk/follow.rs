//! Watching a bulk run until it has come to rest.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use trust::action::ActionState;
use trust::words::HELD;

use crate::client::{Answer, BulkRunView, Client, ClientError, Watch};
use crate::exit::Failure;
use crate::output::note;

/// How many looks in a row may bring no answer: about two minutes.
const PATIENCE: u32 = 24;

/// How the bar looks: on a terminal only.
const STYLE: &str = "{bar:40} {pos} of {len}  {msg}";

/// Watches the run until it has come to rest, `limit` is over or the person presses Ctrl-C. Answers the last look.
pub async fn follow(
    client: &Client,
    first: Answer<BulkRunView>,
    limit: Option<Duration>,
) -> Result<Answer<BulkRunView>, Failure> {
    let id = first.value.id;
    let mut last = first;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template(STYLE).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let why = tokio::select! {
        watched = watch(client, &mut last, &bar) => {
            bar.finish_and_clear();
            watched?;
            return Ok(last);
        }
        _ = tokio::signal::ctrl_c() => "Stopped watching.",
        () = after(limit) => "The time to wait is over.",
    };
    bar.finish_and_clear();
    note(&format!(
        "{why} The run goes on: `bestow bulk show {id} --wait` watches it, `bestow bulk stop {id}` stops it."
    ));
    Ok(last)
}

async fn after(limit: Option<Duration>) {
    match limit {
        Some(limit) => tokio::time::sleep(limit).await,
        None => std::future::pending().await,
    }
}

async fn watch(
    client: &Client,
    last: &mut Answer<BulkRunView>,
    bar: &ProgressBar,
) -> Result<(), ClientError> {
    let id = last.value.id;
    let mut unanswered = 0;
    let mut watch = Watch::open(client).await;
    loop {
        match client.bulk_run(id).await {
            Ok(answer) => {
                unanswered = 0;
                if answer.value.state != last.value.state {
                    bar.suspend(|| note(&format!("{} ...", answer.value.state)));
                }
                *last = answer;
                show(&last.value, bar);
                if last.value.has_come_to_rest() {
                    return Ok(());
                }
            }
            Err(error) if error.is_passing() && unanswered < PATIENCE => {
                if unanswered == 0 {
                    bar.suspend(|| note(&format!("{error}; trying again ...")));
                }
                unanswered += 1;
            }
            Err(error) => return Err(error),
        }
        watch.wait(|ring| ring.concerns_bulk_run(id)).await;
    }
}

fn show(run: &BulkRunView, bar: &ProgressBar) {
    let progress = &run.progress;
    bar.set_length(progress.ready);
    bar.set_position(progress.ended());
    let counts = [
        (ActionState::Succeeded.word(), progress.succeeded),
        (ActionState::Failed.word(), progress.failed),
        (ActionState::Refused.word(), progress.refused),
        (ActionState::Running.word(), progress.running),
        (ActionState::Offered.word(), progress.offered),
        (ActionState::Queued.word(), progress.queued),
        (HELD, progress.held),
    ];
    let told = counts.into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(what, count)| format!("{count} {what}")).collect();
    bar.set_message(told.join(", "));
}
