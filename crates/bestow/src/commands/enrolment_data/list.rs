//! `bestow enrolment-data list`

use crate::cli::Session;
use crate::client::EnrolmentRecordView;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print_as_it_is, print_list, words};

/// List who uses which Mac, by serial number
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only records with words that begin like this in their serial number, user name, name, e-mail address or account; or
    /// with these three or more characters in their serial number
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let limit = args.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(args.search.as_deref().map(|text| ("q", text)));
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = session.client()?.enrolment_records(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = [
        "serial",
        "username",
        "name",
        "email",
        "account",
        "collected",
        "mac",
    ];
    let rows = answer.value.items.iter().map(line).collect();
    let empty = match args.search.is_some() || args.cursor.is_some() {
        true => "No record fits. `bestow enrolment-data list` without filters lists all.",
        false => {
            "Nothing is known of who uses which Mac. `bestow enrolment-data import` takes a table, `bestow enrolment-data \
             set` one Mac."
        }
    };
    print_list(header, rows, answer.value.next_cursor.as_deref(), empty)?;
    Ok(Exit::Done)
}

fn line(record: &EnrolmentRecordView) -> [String; 7] {
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let collected = record.secrets.iter();
    let collected: Vec<String> = collected
        .map(|secret| format!("{} ({})", secret.attribute, words::plain(&secret.state)))
        .collect();
    [
        record.serial_number.clone(),
        known(&record.username),
        known(&record.full_name),
        known(&record.email),
        known(&record.bound_account),
        collected.join(", "),
        if record.device_id.is_some() {
            "enrolled"
        } else {
            "not enrolled"
        }
        .to_owned(),
    ]
}
