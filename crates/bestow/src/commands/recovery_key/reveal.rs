//! `bestow recovery-key reveal`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::commands::shown_secret::{Asked, tell};
use crate::exit::{Exit, Failure};

/// Show a Mac's recovery key, once; who saw it and why is noted, and an hour later the Mac is to have another one
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    #[command(flatten)]
    asked: Asked,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client
        .reveal_recovery_key(device.id, args.asked.version, &args.asked.reason)
        .await?;
    tell(&answer, session)
}
