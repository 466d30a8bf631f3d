//! `bestow needs-attention mute`

use std::time::Duration;

use trust::time::Timestamp;

use super::tell_standing;
use crate::cli::Session;
use crate::client::{MuteOrder, Reference};
use crate::commands::find_device;
use crate::edge;
use crate::exit::{Exit, Failure};
use crate::output::{point_in_time, span};

/// Leave a Mac, or one reason of it, out of the list until a certain time
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("end").required(true))]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// For so long, such as 30d or 12h; a year at most
    #[arg(long = "for", value_name = "SPAN", value_parser = span, group = "end")]
    lasting: Option<Duration>,
    /// Until then, such as 2026-12-01T08:00
    #[arg(long, value_name = "TIME", value_parser = point_in_time, group = "end")]
    until: Option<Timestamp>,
    /// Only this reason, the code of a finding; others stay in the list
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Why, for the audit log and for whoever looks at the Mac
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let lasting = args.lasting.unwrap_or_default();
    let order = MuteOrder {
        until: args.until.unwrap_or_else(|| edge::now().plus(lasting)),
        reason: args.reason,
        code: args.code,
    };
    let answer = client.mute(device.id, &order).await?;
    tell_standing(&device.name, &answer.value, &answer.json, session)
}
