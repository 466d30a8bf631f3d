//! `bestow bulk stop`, `bestow bulk continue` and `bestow bulk cancel`

use trust::id::BulkRunId;

use super::{run_id, tell_run};
use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Stop a bulk run: Macs that have begun go on, no other begins until it is continued
#[derive(Debug, clap::Args)]
pub struct StopArgs {
    #[command(flatten)]
    run: Run,
}

/// Let a stopped bulk run go on, a few Macs first again
#[derive(Debug, clap::Args)]
pub struct ContinueArgs {
    #[command(flatten)]
    run: Run,
}

/// Call a bulk run back: what no Mac has begun is cancelled for good
#[derive(Debug, clap::Args)]
pub struct CancelArgs {
    #[command(flatten)]
    run: Run,
}

#[derive(Debug, clap::Args)]
struct Run {
    /// The run's id
    #[arg(value_parser = run_id)]
    id: BulkRunId,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Runs `bestow bulk stop`.
pub async fn stop(args: &StopArgs, session: &Session) -> Result<Exit, Failure> {
    ask(&args.run, "stop", session).await
}

/// Runs `bestow bulk continue`.
pub async fn resume(args: &ContinueArgs, session: &Session) -> Result<Exit, Failure> {
    ask(&args.run, "continue", session).await
}

/// Runs `bestow bulk cancel`.
pub async fn cancel(args: &CancelArgs, session: &Session) -> Result<Exit, Failure> {
    ask(&args.run, "cancel", session).await
}

async fn ask(run: &Run, verb: &'static str, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let asked = client.ask_bulk(run.id, verb, run.reason.as_deref()).await?;
    tell_run(&asked, &client, session)?;
    Ok(Exit::Done)
}
