//! `bestow audit`

use uuid::Uuid;

use crate::cli::Session;
use crate::client::AuditEntry;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, moment, print_as_it_is, print_list, words};

/// Which entries are wanted
#[derive(Debug, clap::Args)]
pub struct Wanted {
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Wanted, session: &Session) -> Result<Exit, Failure> {
    let mut query = Vec::new();
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = session.client()?.audit(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = ["no", "at", "who", "did what", "device", "to what", "why"];
    let entries = answer.value.items.iter();
    let rows = entries.map(|entry| line(entry, &session.zone)).collect();
    print_list(
        header,
        rows,
        answer.value.next_cursor.as_deref(),
        "The audit log has no more entries.",
    )?;
    Ok(Exit::Done)
}

fn line(entry: &AuditEntry, zone: &Zone) -> [String; 7] {
    let device = entry.device_id.as_deref().map(|id| match &entry.device_name {
        Some(name) => name.clone(),
        None => short_id(id),
    });
    let device = device.unwrap_or_default();
    [
        entry.seq.to_string(),
        moment(entry.at, zone),
        actor(entry),
        words::plain(&entry.verb),
        device,
        to_what(entry),
        entry.reason.clone().unwrap_or_default(),
    ]
}

/// Who did it, in words. A device that is named beside it is not named twice.
fn actor(entry: &AuditEntry) -> String {
    match entry.actor.split_once(':') {
        Some(("device", id)) if entry.device_id.as_deref() != Some(id) => format!("device {}", short_id(id)),
        _ => words::actor(&entry.actor),
    }
}

/// To what, with what more there is to tell in words. What programs read as JSON is left to them.
fn to_what(entry: &AuditEntry) -> String {
    let subject = entry.subject.as_deref().map(short_id);
    let detail = entry
        .detail
        .clone()
        .filter(|detail| !detail.starts_with(['{', '[']));
    let told: Vec<String> = subject.into_iter().chain(detail).collect();
    told.join(", ")
}

/// The last part of an id, which tells ids of one moment apart; what is no id stays as it is.
fn short_id(text: &str) -> String {
    match text.parse::<Uuid>() {
        Ok(_) => text.rsplit('-').next().unwrap_or(text).to_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    #[test]
    fn devices_go_by_their_names_and_ids_by_their_last_part() {
        let entry = |actor: &str, name: Option<&str>| {
            let entry = serde_json::json!({
                "seq": 1, "at": 0, "actor": actor, "device_id": ID, "device_name": name, "subject": ID,
            });
            line(&serde_json::from_value(entry).unwrap(), &Zone::utc())
        };
        let by_device = entry(&format!("device:{ID}"), Some("Ada's Mac"));
        assert_eq!(
            [&by_device[2], &by_device[4], &by_device[5]],
            ["the Mac", "Ada's Mac", "b302099a8057"]
        );
        let of_older_server = entry("api_token:operator", None);
        assert_eq!(
            [&of_older_server[2], &of_older_server[4]],
            ["API token operator", "b302099a8057"]
        );
    }

    #[test]
    fn what_more_there_is_stands_beside_the_subject_unless_it_is_json() {
        let told = |detail: &str| {
            let entry = serde_json::json!({
                "seq": 1, "at": 0, "actor": "server", "subject": "reveals_need_approval", "detail": detail,
            });
            to_what(&serde_json::from_value(entry).unwrap())
        };
        assert_eq!(told("on"), "reveals_need_approval, on");
        assert_eq!(told(r#"{"enabled":true}"#), "reveals_need_approval");
    }
}
