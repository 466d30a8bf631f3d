//! `bestow filevault-policy show`

use super::lines;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Show what is wanted of FileVault
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_: Args, session: &Session) -> Result<Exit, Failure> {
    let answer = session.client()?.filevault_policy().await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&lines(&answer.value, &session.zone))?,
    }
    Ok(Exit::Done)
}
