//! `bestow needs-attention counts`

use crate::cli::Session;
use crate::client::CountView;
use crate::exit::{Exit, Failure};
use crate::output::{Format, list, print, print_as_it_is};

/// Count the Macs that need a person, by reason, by whose turn it is and by what is cheapest
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(Args {}: Args, session: &Session) -> Result<Exit, Failure> {
    let answer = session.client()?.needs_attention().await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let counts = &answer.value;
    let row = |option: &'static str| {
        move |count: &CountView| {
            [
                count.devices.to_string(),
                count.label.clone(),
                format!("--{option} {}", count.word),
            ]
        }
    };
    let rows = counts.reasons.iter().map(row("reason"));
    let rows = rows.chain(counts.turns.iter().map(row("turn")));
    let rows = rows.chain(counts.remedies.iter().map(row("remedy")));
    print(&format!(
        "{} need a person. {} are mended by their agents, {} have something muted, {} are not older than {} days.\n",
        counts.devices, counts.agent, counts.muted, counts.too_new, counts.after_days
    ))?;
    print(&list(["macs", "what", "narrow down by"], rows))?;
    Ok(Exit::Done)
}
