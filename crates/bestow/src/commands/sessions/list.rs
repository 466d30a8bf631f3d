//! `bestow sessions list`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print_as_it_is, print_list};

/// List who is signed in
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_: Args, session: &Session) -> Result<Exit, Failure> {
    let answer = session.client()?.sessions().await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let rows = answer.value.items.into_iter().map(|signed_in| {
        [
            signed_in.person,
            signed_in.address.unwrap_or_default(),
            moment(signed_in.created_at, &session.zone),
            moment(signed_in.expires_at, &session.zone),
            signed_in.id,
        ]
    });
    print_list(
        ["person", "from", "since", "until", "id"],
        rows.collect(),
        None,
        "Nobody is signed in to the console.",
    )?;
    Ok(Exit::Done)
}
