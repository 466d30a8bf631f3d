//! `bestow local-administrator replace`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Have a Mac's local administrator get another password now
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client
        .replace_local_administrator_password(device.id, args.reason.as_deref())
        .await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&format!(
            "{} is to have another password as soon as its agent hears of it. What came of it stands in its timeline.",
            device.name
        ))?,
    }
    Ok(Exit::Done)
}
