//! `bestow enrolment-data forget`

use super::mac::KnownMac;
use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::note;

/// Forget who uses a Mac, and destroy what was collected for it
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    mac: KnownMac,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mac = args.mac.find(&client).await?;
    client.forget_enrolment_record(mac.serial_number.as_str()).await?;
    note(&format!("Nothing is known of who uses {mac} any more."));
    Ok(Exit::Done)
}
