//! `bestow people reset-second-factor`

use super::find;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Let somebody in by the password alone who has lost the app and the recovery codes
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name of the person
    name: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let person = find(&client, &args.name).await?;
    client.reset_second_factor(&person.id).await?;
    note(&format!(
        "{} signs in by the password alone from now on.",
        person.name
    ));
    Ok(Exit::Done)
}
