//! `bestow vault retention`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Show for how many days what is kept of a forgotten Mac stays, or decide it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For so many days, 90 to 3650; left out, it is shown
    days: Option<u16>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT", requires = "days")]
    reason: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = match args.days {
        None => client.vault_retention().await?,
        Some(days) => client.set_vault_retention(days, args.reason.as_deref()).await?,
    };
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&format!(
            "What is kept of a forgotten Mac stays for {} days.",
            answer.value.days
        ))?,
    }
    Ok(Exit::Done)
}
