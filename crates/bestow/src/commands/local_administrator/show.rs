//! `bestow local-administrator show`

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print, print_as_it_is};

/// Show whether the password of a Mac's local administrator is kept, and every version that was
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client.local_administrator(device.id).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let kept = &answer.value.password;
    let mut lines = vec![kept.summary.clone()];
    lines.extend(kept.rotate_after.map(|at| {
        let at = moment(at, &session.zone);
        format!("The Mac is to have another one after {at}.")
    }));
    for version in &kept.versions {
        let came = moment(version.escrowed_at, &session.zone);
        let proved = version
            .proved_at
            .map_or_else(|| "never".to_owned(), |at| moment(at, &session.zone));
        let ended = version.ended_label.as_deref().unwrap_or("current");
        let shown = match version.revealed.len() {
            0 => "shown to nobody".to_owned(),
            1 => "shown once".to_owned(),
            times => format!("shown {times} times"),
        };
        let version = version.version;
        lines.push(format!(
            "Version {version}: {came}, proved {proved}, {ended}, {shown}."
        ));
    }
    print(&lines.join("\n"))?;
    Ok(Exit::Done)
}
