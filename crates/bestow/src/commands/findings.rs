//! `bestow findings`

use super::find_device;
use crate::cli::Session;
use crate::client::{Answer, Client, DeviceSummary, FindingView, Page, Reference};
use crate::exit::{Exit, Failure};
use crate::output::{Format, findings_text, note, print, print_as_it_is};

/// Show what is wrong with a device, or with all of them, and the ways out
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    #[arg(required_unless_present = "all")]
    device: Option<Reference>,
    /// Every device that has findings
    #[arg(long, conflicts_with = "device")]
    all: bool,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let Some(reference) = args.device else {
        return all(&client, session).await;
    };
    let device = find_device(&client, &reference).await?.value.summary;
    let findings = client.findings(device.id).await?;
    match session.format {
        Format::Json => print_as_it_is(&findings.json)?,
        Format::Text => print(&findings_text(&device.name, &findings.value.items))?,
    }
    Ok(Exit::Done)
}

/// Shows the findings of every device that has some, by name.
async fn all(client: &Client, session: &Session) -> Result<Exit, Failure> {
    let mut json = Vec::new();
    let devices = with_findings(client).await?;
    if devices.is_empty() && session.format == Format::Text {
        note("Nothing is wrong on any Mac that was seen. `bestow devices` lists them.");
    }
    for device in devices {
        let findings: Answer<Page<FindingView>> = client.findings(device.id).await?;
        match session.format {
            Format::Json => json.push(format!(
                "{{\"device_id\":\"{}\",\"findings\":{}}}",
                device.id, findings.json
            )),
            Format::Text => print(&format!(
                "{}\n{}\n",
                device.name,
                findings_text(&device.name, &findings.value.items)
            ))?,
        }
    }
    if session.format == Format::Json {
        print_as_it_is(&format!("[{}]", json.join(",")))?;
    }
    Ok(Exit::Done)
}

async fn with_findings(client: &Client) -> Result<Vec<DeviceSummary>, Failure> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut query = vec![("limit", "500")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = client.devices(&query).await?.value;
        found.extend(page.items.into_iter().filter(|device| device.findings.any()));
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return Ok(found),
        }
    }
}
