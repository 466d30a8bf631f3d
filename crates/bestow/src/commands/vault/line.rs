//! `bestow vault line`

use super::kind::LineOf;
use super::lines::until;
use crate::cli::Session;
use crate::client::{Answer, VaultLineDetail};
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print, print_as_it_is};

/// Show a line of the vault with what was decided about it, and without its secrets
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    line: LineOf,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let answer = client
        .vault_line(&args.line.serial_number, &args.line.kind)
        .await?;
    tell(&answer, session)
}

/// Prints a line.
pub(super) fn tell(answer: &Answer<VaultLineDetail>, session: &Session) -> Result<Exit, Failure> {
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let (detail, zone) = (&answer.value, &session.zone);
    let line = &detail.line;
    let mut text = vec![
        format!(
            "{} of {}. {}",
            line.kind, line.serial_number, detail.escrow.summary
        ),
        format!(
            "Versions kept: {}, destroyed: {}. Kept until: {}.",
            line.versions_kept,
            line.versions_destroyed,
            until(line, zone)
        ),
    ];
    text.push(match line.device_id {
        Some(id) => format!("Mac: {id}."),
        None => "Mac: none of this serial number.".to_owned(),
    });
    text.extend(detail.decisions.iter().map(|decision| {
        format!(
            "{}: {}, by {}{}",
            moment(decision.at, zone),
            decision.label,
            decision.by,
            decision
                .reason
                .as_ref()
                .map_or_else(String::new, |reason| format!(": {reason}"))
        )
    }));
    print(&text.join("\n"))?;
    Ok(Exit::Done)
}
