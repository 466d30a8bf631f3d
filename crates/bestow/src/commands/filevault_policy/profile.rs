//! `bestow filevault-policy profile`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::print_as_it_is;

/// Write the configuration profile to standard output, for the MDM to install
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_: Args, session: &Session) -> Result<Exit, Failure> {
    let profile = session.client()?.filevault_profile().await?;
    print_as_it_is(profile.trim_end())?;
    Ok(Exit::Done)
}
