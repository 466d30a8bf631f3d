//! `bestow recovery`

use std::time::Duration;

use clap::builder::PossibleValuesParser;
use secrecy::ExposeSecret as _;
use trust::id::DeviceId;
use trust::recovery::Way;
use trust::words::plain;

use super::find_device;
use crate::cli::Session;
use crate::client::{Client, Reference};
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is, recovery_text, span};

/// Show what leads a device back on which nobody can hand a token on, step by step
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
    /// Make a link to the steps of one way, for the person in front of the Mac; it is shown once
    #[arg(long)]
    link: bool,
    /// Which way [default: the cheapest that needs somebody at the Mac]
    #[arg(long, value_name = "WAY", requires = "link", value_parser = PossibleValuesParser::new(Way::ALL.map(Way::word)))]
    way: Option<String>,
    /// How long the link can be opened, such as 4h [default: the server's, two days]
    #[arg(long, value_name = "SPAN", requires = "link", value_parser = span)]
    valid_for: Option<Duration>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    if args.link {
        return make_link(&args, &client, device.id, session).await;
    }
    let recovery = client.recovery(device.id).await?;
    match session.format {
        Format::Json => print_as_it_is(&recovery.json)?,
        Format::Text => print(&recovery_text(&device.name, &recovery.value, &session.zone))?,
    }
    Ok(Exit::Done)
}

/// Makes a link. It is the output, because handing it out is what was asked.
async fn make_link(args: &Args, client: &Client, id: DeviceId, session: &Session) -> Result<Exit, Failure> {
    let answer = client
        .make_recovery_link(id, args.way.as_deref(), args.valid_for)
        .await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            print(&format!(
                "{}{}",
                client.address(),
                answer.value.path.expose_secret()
            ))?;
            note(&format!(
                "Send it to the person at the Mac. It opens the steps of this way: {}. It is not shown again, and opens until \
                 {}.{}",
                plain(&answer.value.way),
                moment(answer.value.expires_at, &session.zone),
                to_know(&answer.value.way)
            ));
        }
    }
    Ok(Exit::Done)
}

/// What to know of a way before somebody is sent on it.
fn to_know(way: &str) -> &'static str {
    match Way::from_word(way) {
        Some(Way::PersonalRecoveryKey) => {
            " Tell the recovery key by phone, as bestow recovery-key reveal shows it; it is never on that page."
        }
        Some(Way::Erase) => " Everything on the Mac is lost on this way.",
        _ => "",
    }
}
