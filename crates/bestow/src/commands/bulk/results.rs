//! `bestow bulk results`

use trust::id::BulkRunId;

use super::run_id;
use crate::cli::Session;
use crate::commands::filters;
use crate::exit::{Exit, Failure};
use crate::output::{Format, member_line, print_as_it_is, print_list};

/// Show the result of every Mac of a bulk run
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The run's id
    #[arg(value_parser = run_id)]
    id: BulkRunId,
    /// Print all of them as CSV, for spreadsheets and scripts
    #[arg(long, conflicts_with_all = ["state", "readiness", "limit", "cursor"])]
    csv: bool,
    /// Only Macs whose action is in this state
    #[arg(long, value_name = "STATE", value_parser = filters::action_state())]
    state: Option<String>,
    /// Only Macs that lacked this
    #[arg(long, value_name = "GROUP", value_parser = filters::readiness())]
    readiness: Option<String>,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    if args.csv {
        print_as_it_is(&client.bulk_results(args.id).await?)?;
        return Ok(Exit::Done);
    }
    let limit = args.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(args.state.as_deref().map(|state| ("state", state)));
    query.extend(args.readiness.as_deref().map(|group| ("readiness", group)));
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = client.bulk_members(args.id, &query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["device", "serial", "result", "code", "what it means"];
    let rows = answer.value.items.iter().map(member_line).collect();
    let empty = match args.state.is_some() || args.readiness.is_some() || args.cursor.is_some() {
        true => "No Mac of this run fits. Without filters all are listed.",
        false => {
            "The run has no Macs yet: it is still being prepared. `bestow bulk show ID --wait` watches it."
        }
    };
    print_list(header, rows, answer.value.next_cursor.as_deref(), empty)?;
    Ok(Exit::Done)
}
