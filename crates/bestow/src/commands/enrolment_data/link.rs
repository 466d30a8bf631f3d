//! `bestow enrolment-data link`

use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::mac::AnyMac;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is, span};

/// Make a link by which the person of a Mac says who it is, once; it is shown once
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    mac: AnyMac,
    /// How long it can be used, such as 2d [default: the server's, seven days]
    #[arg(long, value_name = "SPAN", value_parser = span)]
    valid_for: Option<Duration>,
}

/// Runs the command. The link is the output, because handing it out is what was asked.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mac = args.mac.find(&client).await?;
    let answer = client
        .make_enrolment_link(&mac.serial_number, mac.not_enrolled, args.valid_for)
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
                "Send it to the person of {mac} alone. It is not shown again. It can be opened until {}, and takes one \
                 answer: once that is saved, the link is used up.",
                moment(answer.value.expires_at, &session.zone)
            ));
        }
    }
    Ok(Exit::Done)
}
