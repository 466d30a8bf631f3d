//! `bestow needs-attention after-days`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Show after how many days a new Mac can stand in the list, or decide it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// So many days, 0 to 365; left out, the number is shown
    days: Option<u16>,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT", requires = "days")]
    reason: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = match args.days {
        None => client.needs_attention_policy().await?,
        Some(days) => {
            client
                .set_needs_attention_policy(days, args.reason.as_deref())
                .await?
        }
    };
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&format!(
            "A Mac stands in the list when it was enrolled more than {} days ago.",
            answer.value.needs_attention_after_days
        ))?,
    }
    Ok(Exit::Done)
}
