//! `bestow actions`

use clap::builder::{PossibleValuesParser, TypedValueParser};
use trust::action::ActionState;

use super::find_device;
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use crate::output::{Format, action_line, list, print, print_as_it_is};

/// List actions, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this device: id, name or serial number
    #[arg(long)]
    device: Option<Reference>,
    /// Only those in this state
    #[arg(long, value_parser = state())]
    state: Option<ActionState>,
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
    query.extend(args.state.map(|state| ("state", state.word())));
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = client.actions(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["action", "device", "asked", "state", "code", "created"];
    let actions = answer.value.items.iter();
    print(&list(
        header,
        actions.map(|action| action_line(action, &session.zone)),
    ))?;
    if let Some(cursor) = answer.value.next_cursor {
        print(&format!("\nMore: --cursor {cursor}"))?;
    }
    Ok(Exit::Done)
}

fn state() -> impl TypedValueParser<Value = ActionState> {
    PossibleValuesParser::new(ActionState::ALL.map(ActionState::word))
        .try_map(|word| ActionState::from_word(&word).ok_or("no state of an action"))
}
