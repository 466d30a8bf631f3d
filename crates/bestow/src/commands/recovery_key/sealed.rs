//! `bestow recovery-key sealed`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::commands::shown_secret::{Asked, hand_over};
use crate::exit::{Exit, Failure};

/// Write a recovery key that the server cannot read to standard output, sealed, for bestow open-escrow
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
    let sealed = client
        .sealed_recovery_key(device.id, args.asked.version, &args.asked.reason)
        .await?;
    hand_over(&sealed, session)
}
