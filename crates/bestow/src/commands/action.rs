//! `bestow action`

use std::time::Duration;

use trust::id::ActionId;

use super::action_id::action_id;
use super::follow::follow;
use super::tell_action;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::span;

/// Show one action: how it stands or how it ended, with cause and fix
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The action's id
    #[arg(value_parser = action_id)]
    id: ActionId,
    /// Wait until it has ended
    #[arg(long)]
    wait: bool,
    /// Wait no longer than this, such as 10m
    #[arg(long, value_name = "SPAN", value_parser = span, requires = "wait")]
    wait_limit: Option<Duration>,
}

/// Runs the command. Without `--wait`, showing an action that is still open is all that was asked.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mut action = client.action(args.id).await?;
    if args.wait {
        action = follow(&client, action, args.wait_limit).await?;
    }
    match tell_action(&action, &client, session)? {
        Exit::StillOpen if !args.wait => Ok(Exit::Done),
        exit => Ok(exit),
    }
}
