//! `bestow approve`

use super::device::same_fingerprint;
use super::find_device;
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Let a device in that waits for approval, once its key was compared on the Mac
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// The fingerprint that `bestow-agent status` prints on the Mac
    #[arg(long)]
    fingerprint: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value;
    let present = device.sealing_key.fingerprint();
    match &args.fingerprint {
        Some(typed) if same_fingerprint(typed, &present) => {}
        Some(_) => {
            return Err(Failure::usage(format!(
                "The fingerprints differ; the device was not approved. The server shows {present}. \
                 If `bestow-agent status` on the Mac prints something else, somebody else enrolled under its name."
            )));
        }
        None => {
            return Err(Failure::usage(format!(
                "Compare first: the server shows the key {present}. Run `bestow-agent status` on the Mac, and give \
                 the fingerprint that it prints with --fingerprint."
            )));
        }
    }
    let answer = client.approve(device.summary.id).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&format!("{} is approved.", answer.value.name))?,
    }
    Ok(Exit::Done)
}
