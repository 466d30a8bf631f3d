//! `bestow cancel`

use trust::id::ActionId;

use super::action_id::action_id;
use super::tell_action;
use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Call an action back that its Mac has not begun
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The action's id
    #[arg(value_parser = action_id)]
    id: ActionId,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let action = client.cancel_action(args.id).await?;
    tell_action(&action, &client, session)?;
    Ok(Exit::Done)
}
