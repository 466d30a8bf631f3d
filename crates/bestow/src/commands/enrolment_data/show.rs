//! `bestow enrolment-data show`

use super::mac::KnownMac;
use crate::cli::Session;
use crate::client::{CollectionView, EnrolmentRecordView};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, facts, moment, print, print_as_it_is, words};

/// Show who uses a Mac, and what was collected for it; secrets are never shown
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    mac: KnownMac,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mac = args.mac.find(&client).await?;
    let answer = client.enrolment_record(mac.serial_number.as_str()).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&details(&answer.value, &session.zone))?,
    }
    Ok(Exit::Done)
}

/// A record for people.
pub(super) fn details(record: &EnrolmentRecordView, zone: &Zone) -> String {
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let mut rows = vec![
        ("Serial number", record.serial_number.clone()),
        ("User name", known(&record.username)),
        ("Name", known(&record.full_name)),
        ("E-mail", known(&record.email)),
        ("Account on the Mac", known(&record.bound_account)),
        (
            "Mac",
            record
                .device_id
                .clone()
                .unwrap_or_else(|| "not enrolled yet".to_owned()),
        ),
        ("Came in by", words::plain(&record.source)),
        ("Changed", moment(record.updated_at, zone)),
    ];
    let attributes = record.attributes.iter();
    rows.extend(attributes.map(|(name, value)| ("Attribute", format!("{name}: {value}"))));
    rows.extend(
        record
            .secrets
            .iter()
            .map(|secret| ("Collected", collected(secret, zone))),
    );
    facts(rows)
}

fn collected(secret: &CollectionView, zone: &Zone) -> String {
    let at = moment(secret.collected_at, zone);
    let state = match secret.state.as_str() {
        "ready" => "can be used".to_owned(),
        "waits_for_mac" => match secret.until {
            Some(until) => format!("waits for the Mac to enrol, until {}", moment(until, zone)),
            None => "waits for the Mac to enrol".to_owned(),
        },
        "expired" => "destroyed, because the Mac did not enrol in time".to_owned(),
        "stale" => "cannot be used: the Mac has another key now [credential_stale]".to_owned(),
        other => words::plain(other),
    };
    format!("{} on {at}; {state}", secret.attribute)
}
