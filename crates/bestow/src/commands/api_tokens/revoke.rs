//! `bestow api-tokens revoke`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// End a program's token
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its name
    name: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    session.client()?.revoke_api_token(&args.name).await?;
    note(&format!("The token {:?} is no longer valid.", args.name));
    Ok(Exit::Done)
}
