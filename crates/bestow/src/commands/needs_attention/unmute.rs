//! `bestow needs-attention unmute`

use super::tell_standing;
use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Take a mute away before it ends
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// The mute of this reason, the code of a finding; without it, that of the whole Mac
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client.unmute(device.id, args.code.as_deref()).await?;
    let others = answer
        .value
        .reasons
        .iter()
        .filter(|reason| reason.muted_until.is_some());
    let others: Vec<&str> = others.map(|reason| reason.code.as_str()).collect();
    if args.code.is_none() && !others.is_empty() {
        note(&format!(
            "Muted by their reasons stay: {}. '--code CODE' takes the mute of one away.",
            others.join(", ")
        ));
    }
    tell_standing(&device.name, &answer.value, &answer.json, session)
}
