//! `bestow forget`

use super::find_device;
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Forget a Mac that was sold, lost or scrapped
///
/// Everything that is known of it is deleted but the audit log. What the vault keeps of its serial number stays for as many days as
/// bestow vault retention says, and a Mac that enrols with the same serial number by then finds it again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// The Mac's name as it is shown, letter by letter, because this cannot be taken back
    #[arg(long, value_name = "NAME")]
    confirm_device_name: String,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    client
        .forget_device(device.id, &args.confirm_device_name, &args.reason)
        .await?;
    note(&format!(
        "{} ({}) is forgotten. `bestow vault lines --without-device` lists what the vault keeps of it.",
        device.name, device.serial_number
    ));
    Ok(Exit::Done)
}
