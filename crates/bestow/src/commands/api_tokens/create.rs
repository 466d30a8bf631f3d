//! `bestow api-tokens create`

use std::time::Duration;

use secrecy::ExposeSecret as _;

use crate::cli::Session;
use crate::client::ApiTokenOrder;
use crate::exit::{Exit, Failure};
use crate::output::{Format, note, print, print_as_it_is, span};

/// Make a token for a program; it is shown once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its name, which stands in the audit log
    name: String,
    /// viewer, help_desk, auditor, administrator or owner
    #[arg(long)]
    role: String,
    /// One permission of the role, for a program that needs no other: read, read_audit, act, act_on_many, enrol,
    /// set_policies, reveal, legal_hold or manage_people; once for each [default: all of the role]
    #[arg(long = "scope", value_name = "PERMISSION")]
    scopes: Vec<String>,
    /// How long it is valid, such as 7d, up to 30 days [default: for good]
    #[arg(long, value_name = "SPAN", value_parser = span)]
    valid_for: Option<Duration>,
}

/// Runs the command. The token is the output, because handing it on is what was asked.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let order = ApiTokenOrder {
        name: args.name,
        role: args.role,
        scopes: args.scopes,
        valid_for_s: args.valid_for.map(|span| span.as_secs()),
    };
    let answer = session.client()?.create_api_token(&order).await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            print(answer.value.token.expose_secret())?;
            note("It is not shown again.");
        }
    }
    Ok(Exit::Done)
}
