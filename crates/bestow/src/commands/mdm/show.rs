//! `bestow mdm show`

use trust::time::Timestamp;

use crate::cli::Session;
use crate::client::Reference;
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, list, moment, print, print_as_it_is};

/// Show how a Mac is enrolled with Bestow's device management, and how its bootstrap token is kept
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let enrolments = client.mdm_enrolments(device.id).await?;
    let token = client.bootstrap_token(device.id).await?;
    if session.format == Format::Json {
        let whole = format!(
            "{{\"mdm_enrolment\":{},\"bootstrap_token\":{}}}",
            enrolments.json, token.json
        );
        print_as_it_is(&whole)?;
        return Ok(Exit::Done);
    }
    print(&enrolments.value.summary)?;
    let when = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), |at| moment(at, &session.zone));
    if !enrolments.value.enrolments.is_empty() {
        let rows = enrolments.value.enrolments.iter().map(|enrolment| {
            [
                moment(enrolment.prepared_at, &session.zone),
                enrolment.label.clone(),
                when(enrolment.enrolled_at),
                when(enrolment.ended_at),
            ]
        });
        print(&list(["profile made", "state", "enrolled", "ended"], rows))?;
    }
    print(&format!("Bootstrap token: {}", token.value.summary))?;
    if !token.value.versions.is_empty() {
        let rows = token.value.versions.iter().map(|version| {
            [
                version.version.to_string(),
                moment(version.escrowed_at, &session.zone),
                version
                    .ended_label
                    .clone()
                    .unwrap_or_else(|| "current".to_owned()),
            ]
        });
        print(&list(["version", "escrowed", "ended"], rows))?;
    }
    Ok(Exit::Done)
}
