//! `bestow recovery-key sealed`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::print_as_it_is;

/// Write a recovery key that the server cannot read to standard output, sealed, for bestow open-escrow
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Which version [default: the current one]
    #[arg(long, value_name = "NUMBER")]
    version: Option<u32>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let sealed = client
        .sealed_recovery_key(device.id, args.version, &args.reason)
        .await?;
    print_as_it_is(&sealed.json)?;
    Ok(Exit::Done)
}
