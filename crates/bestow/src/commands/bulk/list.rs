//! `bestow bulk list`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, bulk_run_line, print_as_it_is, print_list};

/// List bulk runs, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: &Args, session: &Session) -> Result<Exit, Failure> {
    let limit = args.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = session.client()?.bulk_runs(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["id", "asked", "state", "ended", "created", "by"];
    let runs = answer.value.items.iter();
    let rows = runs.map(|run| bulk_run_line(run, &session.zone)).collect();
    let empty = match args.cursor {
        Some(_) => "There are no more bulk runs.",
        None => "There is no bulk run yet. `bestow bulk-grant` and `bestow bulk-create-user` begin one.",
    };
    print_list(header, rows, answer.value.next_cursor.as_deref(), empty)?;
    Ok(Exit::Done)
}
