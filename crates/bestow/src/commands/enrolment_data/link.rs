//! `bestow enrolment-data link`

use std::time::Duration;

use secrecy::ExposeSecret as _;
use trust::enrolment::SerialNumber;

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is, span};

/// Make a link by which the person of a Mac says who it is, once; it is shown once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The Mac's serial number, whether it is enrolled yet or not
    serial_number: SerialNumber,
    /// How long it can be used, such as 2d [default: the server's, seven days]
    #[arg(long, value_name = "SPAN", value_parser = span)]
    valid_for: Option<Duration>,
}

/// Runs the command. The link is the output, because handing it out is what was asked.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = client
        .make_enrolment_link(args.serial_number.as_str(), args.valid_for)
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
                "Send it to the person of {} alone. It opens once, until {}, and is not shown again.",
                args.serial_number,
                moment(answer.value.expires_at, &session.zone)
            ));
        }
    }
    Ok(Exit::Done)
}
