//! `bestow enrolment-data forget`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Forget who uses a Mac, and destroy what was collected for it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The Mac's serial number
    serial_number: String,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    session
        .client()?
        .forget_enrolment_record(&args.serial_number)
        .await?;
    note(&format!(
        "Nothing is known of who uses {} any more.",
        args.serial_number
    ));
    Ok(Exit::Done)
}
