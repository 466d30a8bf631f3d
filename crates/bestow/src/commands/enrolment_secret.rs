//! `bestow enrolment-secret`

use std::time::Duration;

use secrecy::ExposeSecret as _;

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is, span};

/// Make a one-time secret that enrols one Mac; it is shown once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How long it can be used, such as 2h [default: the server's, one day]
    #[arg(long, value_name = "SPAN", value_parser = span)]
    valid_for: Option<Duration>,
}

/// Runs the command. The secret is the output, because handing it out is what was asked.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let answer = session.client()?.make_enrolment_secret(args.valid_for).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            print(answer.value.secret.expose_secret())?;
            note(&format!(
                "Good for one Mac until {}. It is not shown again.",
                moment(answer.value.expires_at, &session.zone)
            ));
        }
    }
    Ok(Exit::Done)
}
