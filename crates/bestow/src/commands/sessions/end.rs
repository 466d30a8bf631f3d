//! `bestow sessions end`

use uuid::Uuid;

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Sign somebody out
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The id of the session
    id: Uuid,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    session.client()?.end_session(&args.id.to_string()).await?;
    note("The session is over.");
    Ok(Exit::Done)
}
