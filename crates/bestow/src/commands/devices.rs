//! `bestow devices`

use super::filters;
use crate::cli::Session;
use crate::client::DeviceSummary;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print_as_it_is, print_list, words};

/// List devices and what their chain of trust is worth
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only devices of which a word of the name, hardware UUID or model begins so, or with this in their serial number
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only devices whose chain of trust is worth this
    #[arg(long, value_name = "WORTH", value_parser = filters::chain())]
    state: Option<String>,
    /// Only devices with a finding of this code, such as chain_broken
    #[arg(long, value_name = "CODE", value_parser = filters::finding(), hide_possible_values = true)]
    finding: Option<String>,
    /// Only devices whose service account stands like this
    #[arg(long, value_name = "STATUS", value_parser = filters::service_account())]
    service_account: Option<String>,
    /// Only devices on which this hangs by a thread
    #[arg(long, value_name = "WORD", value_parser = filters::warning())]
    warning: Option<String>,
    /// Only devices whose score lies in this band
    #[arg(long, value_name = "BAND", value_parser = filters::score())]
    score: Option<String>,
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
    query.extend(args.state.as_deref().map(|worth| ("state", worth)));
    query.extend(args.finding.as_deref().map(|code| ("finding", code)));
    let status = args.service_account.as_deref();
    query.extend(status.map(|status| ("service_account", status)));
    query.extend(args.warning.as_deref().map(|word| ("warning", word)));
    query.extend(args.score.as_deref().map(|band| ("score", band)));
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = session.client()?.devices(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = [
        "name",
        "serial",
        "macos",
        "filevault",
        "chain",
        "service account",
        "holders",
        "agent",
        "id",
    ];
    let rows = answer.value.items.iter().map(line).collect();
    print_list(header, rows, answer.value.next_cursor.as_deref(), args.empty())?;
    Ok(Exit::Done)
}

impl Args {
    /// What there is to say when nothing is listed.
    fn empty(&self) -> &'static str {
        let filters = [
            &self.search,
            &self.state,
            &self.finding,
            &self.service_account,
            &self.warning,
            &self.score,
            &self.cursor,
        ];
        match filters.into_iter().any(Option::is_some) {
            true => "No Mac fits. `bestow devices` without filters lists all.",
            false => {
                "No Mac has enrolled yet. `bestow enrolment-secret` makes a secret, with which `bestow-agent enroll` enrols a \
                 Mac."
            }
        }
    }
}

fn line(device: &DeviceSummary) -> [String; 9] {
    let known = |fact: &Option<String>, words: fn(&str) -> String| {
        fact.as_deref().map_or_else(|| "?".to_owned(), words)
    };
    [
        device.name.clone(),
        device.serial_number.clone(),
        known(&device.os_version, str::to_owned),
        known(&device.filevault, words::filevault),
        known(&device.chain, words::chain),
        known(&device.service_account, words::plain),
        format!("{} of {}", device.holders, device.accounts),
        agent(device).to_owned(),
        device.id.to_string(),
    ]
}

/// Whether the device's agent can be worked with.
pub fn agent(device: &DeviceSummary) -> &'static str {
    match (device.pending, device.online) {
        (true, _) => "waits for approval",
        (false, true) => "online",
        (false, false) => "offline",
    }
}
