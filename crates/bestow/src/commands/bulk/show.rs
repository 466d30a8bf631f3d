//! `bestow bulk show`

use std::time::Duration;

use trust::id::BulkRunId;

use super::follow::follow;
use super::{run_id, tell_run};
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::span;

/// Show one bulk run and how far it has come
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's id
    #[arg(value_parser = run_id)]
    id: BulkRunId,
    /// Watch until it has come to its end, or is stopped
    #[arg(long)]
    wait: bool,
    /// Watch no longer than this, such as 10m; the run goes on
    #[arg(long, value_name = "SPAN", value_parser = span, requires = "wait")]
    wait_limit: Option<Duration>,
}

/// Runs the command.
pub async fn run(args: &Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let run = client.bulk_run(args.id).await?;
    if !args.wait {
        tell_run(&run, &client, session)?;
        return Ok(Exit::Done);
    }
    let last = follow(&client, run, args.wait_limit).await?;
    tell_run(&last, &client, session)
}
