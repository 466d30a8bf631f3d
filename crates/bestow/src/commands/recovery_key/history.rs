//! `bestow recovery-key history`

use crate::cli::Session;
use crate::client::{EscrowVersionView, Reference};
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, list, moment, print, print_as_it_is, words};

/// List every version of a Mac's recovery key that was kept: whence it came, when it was proved, and who has seen it
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
    match session.format {
        Format::Json => print_as_it_is(&kept.json)?,
        Format::Text if kept.value.versions.is_empty() => print(&kept.value.summary)?,
        Format::Text => {
            let rows = kept.value.versions.iter();
            let rows = rows.map(|version| row(version, &session.zone));
            let columns = ["version", "escrowed", "came from", "proved", "ended", "shown to"];
            print(&list(columns, rows))?;
        }
    }
    Ok(Exit::Done)
}

fn row(version: &EscrowVersionView, zone: &Zone) -> [String; 6] {
    let shown = version.revealed.iter();
    let shown: Vec<String> = shown
        .map(|shown| format!("{}, {}", words::actor(&shown.by), moment(shown.at, zone)))
        .collect();
    [
        version.version.to_string(),
        moment(version.escrowed_at, zone),
        version.origin_label.clone(),
        version
            .proved_at
            .map_or_else(|| "never".to_owned(), |at| moment(at, zone)),
        version
            .ended_label
            .clone()
            .unwrap_or_else(|| "current".to_owned()),
        if shown.is_empty() {
            "nobody".to_owned()
        } else {
            shown.join("; ")
        },
    ]
}
