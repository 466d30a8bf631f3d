//! `bestow needs-attention assign`

use super::tell_standing;
use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};

/// Say who sees to a Mac
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// A person, a team, a ticket: 1 to 100 characters; left out, nobody sees to it any more
    owner: Option<String>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client
        .assign(device.id, args.owner.as_deref(), args.reason.as_deref())
        .await?;
    tell_standing(&device.name, &answer.value, &answer.json, session)
}
