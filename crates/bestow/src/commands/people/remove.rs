//! `bestow people remove`

use super::find;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Remove a person, who is signed out at once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name to sign in by
    name: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let person = find(&client, &args.name).await?;
    client.remove_person(&person.id).await?;
    note(&format!("{} can no longer sign in.", person.name));
    Ok(Exit::Done)
}
