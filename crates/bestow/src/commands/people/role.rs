//! `bestow people role`

use super::find;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Give a person another role
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name to sign in by
    name: String,
    /// viewer, help_desk, auditor, administrator or owner
    role: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let person = find(&client, &args.name).await?;
    client.set_person_role(&person.id, &args.role).await?;
    note(&format!("{} is {} from now on.", person.name, args.role));
    Ok(Exit::Done)
}
