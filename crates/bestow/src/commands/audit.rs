//! `bestow audit`

use crate::cli::Session;
use crate::client::AuditEntry;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, list, moment, print, print_as_it_is};

/// Show the audit log: who did what, when, to which device
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let mut query = Vec::new();
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = session.client()?.audit(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["no", "at", "actor", "verb", "device", "subject", "reason"];
    let entries = answer.value.items.iter();
    print(&list(header, entries.map(|entry| line(entry, &session.zone))))?;
    if let Some(cursor) = answer.value.next_cursor {
        print(&format!("\nMore: --cursor {cursor}"))?;
    }
    Ok(Exit::Done)
}

fn line(entry: &AuditEntry, zone: &Zone) -> [String; 7] {
    [
        entry.seq.to_string(),
        moment(entry.at, zone),
        entry.actor.clone(),
        entry.verb.clone(),
        entry.device_id.clone().unwrap_or_default(),
        entry.subject.clone().unwrap_or_default(),
        entry.reason.clone().unwrap_or_default(),
    ]
}
