//! `bestow recovery`

use super::find_device;
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is, recovery_text};

/// Show what leads a device back on which nobody can hand a token on, step by step
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let recovery = client.recovery(device.id).await?;
    match session.format {
        Format::Json => print_as_it_is(&recovery.json)?,
        Format::Text => print(&recovery_text(&device.name, &recovery.value))?,
    }
    Ok(Exit::Done)
}
