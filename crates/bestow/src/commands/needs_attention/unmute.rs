//! `bestow needs-attention unmute`

use super::tell_standing;
use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};

/// Take a mute away before it ends
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// The mute of this reason, the code of a finding; without it, that of the whole Mac
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client.unmute(device.id, args.code.as_deref()).await?;
    tell_standing(&device.name, &answer.value, &answer.json, session)
}
