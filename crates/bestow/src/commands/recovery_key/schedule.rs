//! `bestow recovery-key schedule`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Show how often Macs get another recovery key by themselves, or decide it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Every so many days, 1 to 365, or 0 for never; left out, it is shown
    #[arg(value_parser = clap::value_parser!(u16).range(0..=365))]
    days: Option<u16>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT", requires = "days")]
    reason: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = match args.days {
        None => client.recovery_key_policy().await?,
        Some(days) => {
            client
                .set_recovery_key_policy(days, args.reason.as_deref())
                .await?
        }
    };
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&sentence(answer.value.rotate_every_days))?,
    }
    Ok(Exit::Done)
}

fn sentence(days: u16) -> String {
    match days {
        0 => "Recovery keys are not replaced by a schedule.".to_owned(),
        1 => "Each recovery key is replaced every day.".to_owned(),
        _ => format!("Each recovery key is replaced after {days} days."),
    }
}
