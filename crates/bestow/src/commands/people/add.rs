//! `bestow people add`

use super::tell_invitation;
use crate::cli::Session;
use crate::exit::{Exit, Failure};

/// Add a person, and print the link by which that person chooses a password; it is shown once
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name to sign in by: letters, digits and . _ - + @, so that an e-mail address fits
    name: String,
    /// viewer, help_desk, auditor, administrator or owner
    #[arg(long)]
    role: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = client.add_person(&args.name, &args.role).await?;
    tell_invitation(&answer, &client, session)
}
