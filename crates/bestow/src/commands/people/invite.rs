//! `bestow people invite`

use super::{find, tell_invitation};
use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Print another link for somebody who lost the first, or forgot the password; it is shown once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name to sign in by
    name: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let person = find(&client, &args.name).await?;
    let answer = client.invite_person(&person.id).await?;
    tell_invitation(&answer, &client, session)
}
