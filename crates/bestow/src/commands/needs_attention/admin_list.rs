//! `bestow needs-attention admin-list`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// List the administrators of a Mac who hold a token, one of whom can help to the service account that is missing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let names = device.attention.admin_list;
    match session.format {
        Format::Json => print_as_it_is(&serde_json::json!({ "admin_list": names }).to_string())?,
        Format::Text => match names {
            Some(names) => print(&names.join("\n"))?,
            None => print(&format!(
                "{} has a service account or is to have none, or no administrator on it holds a token.",
                device.name
            ))?,
        },
    }
    Ok(Exit::Done)
}
