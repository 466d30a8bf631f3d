//! `bestow recovery-key show`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print, print_as_it_is};

/// Show whether a Mac's recovery key is kept, and when it was proved to open the disk
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let kept = client.recovery_key(device.id).await?;
    if session.format == Format::Json {
        print_as_it_is(&kept.json)?;
        return Ok(Exit::Done);
    }
    let mut lines = vec![kept.value.summary];
    lines.extend(kept.value.version.map(|version| format!("Version {version}.")));
    lines.extend(kept.value.proved_at.map(|at| {
        let at = moment(at, &session.zone);
        format!("Last proved to open the disk: {at}.")
    }));
    lines.extend(kept.value.rotate_after.map(|at| {
        let at = moment(at, &session.zone);
        format!("Somebody may know it: the Mac is to have another one after {at}.")
    }));
    print(&lines.join("\n"))?;
    Ok(Exit::Done)
}
