//! `bestow actions`

use super::{filters, find_device};
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use crate::output::{Format, action_line, print_as_it_is, print_list};

/// List actions, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this device: id, name or serial number
    #[arg(long)]
    device: Option<Reference>,
    /// Only those in this state
    #[arg(long, value_name = "STATE", value_parser = filters::action_state())]
    state: Option<String>,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = match &args.device {
        None => None,
        Some(Reference::Id(id)) => Some(id.to_string()),
        Some(word) => Some(find_device(&client, word).await?.value.summary.id.to_string()),
    };
    let mut query = Vec::new();
    query.extend(device.as_deref().map(|id| ("device_id", id)));
    query.extend(args.state.as_deref().map(|state| ("state", state)));
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = client.actions(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["action", "device", "asked", "state", "code", "created"];
    let rows = answer.value.items.iter();
    let rows = rows.map(|action| action_line(action, &session.zone)).collect();
    let empty = match device.is_some() || args.state.is_some() || args.cursor.is_some() {
        true => "No action fits. `bestow actions` without filters lists all.",
        false => {
            "Nothing was asked of any Mac yet. `bestow grant` and `bestow create-user` ask one, `bestow bulk-grant` many."
        }
    };
    print_list(header, rows, answer.value.next_cursor.as_deref(), empty)?;
    Ok(Exit::Done)
}
