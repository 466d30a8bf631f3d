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
    /// The fingerprint that 'bestow-agent status' prints on the Mac
    #[arg(long)]
    fingerprint: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let found = find_device(&client, &args.device).await?;
    let device = &found.value;
    let present = device.sealing_key.fingerprint();
    let shown = &device.summary.name;
    match &args.fingerprint {
        Some(typed) if !same_fingerprint(typed, &present) => {
            return Err(Failure::usage(format!(
                "{shown} was not approved: --fingerprint is not that of the key that the server shows.\n\n  given  {typed}\n  \
                 shown  {present}\n\n\
                 Run `bestow-agent status` on the Mac. If it prints the one that is shown, give that. If it prints something\n\
                 else, somebody else has enrolled under the Mac's name: do not approve it."
            )));
        }
        _ if !device.summary.pending => {
            match session.format {
                Format::Json => print_as_it_is(&found.json)?,
                Format::Text => print(&format!(
                    "{shown} does not wait for approval. Nothing was changed."
                ))?,
            }
            return Ok(Exit::Done);
        }
        None => {
            return Err(Failure::usage(format!(
                "Compare first: the server shows the key {present}. Run `bestow-agent status` on the Mac, and give \
                 the fingerprint that it prints with --fingerprint."
            )));
        }
        Some(_) => {}
    }
    let answer = client.approve(device.summary.id).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&format!("{} is approved.", answer.value.name))?,
    }
    Ok(Exit::Done)
}
