//! `bestow support-bundle`

use super::find_device;
use crate::cli::Session;
use crate::client::Reference;
use crate::exit::{Exit, Failure};
use crate::output::print_as_it_is;

/// Write what somebody who helps from outside needs to know to standard output, as JSON without names and secrets
///
/// Accounts, people, tokens and Macs go by numbers that are good in this one bundle. Read it before you hand it on.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this Mac: id, name or serial number
    device: Option<Reference>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = match &args.device {
        Some(device) => Some(find_device(&client, device).await?.value.summary.id),
        None => None,
    };
    let answer = client.support_bundle(device).await?;
    print_as_it_is(&answer.json)?;
    Ok(Exit::Done)
}
