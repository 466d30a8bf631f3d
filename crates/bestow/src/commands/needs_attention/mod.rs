//! `bestow needs-attention`: the Macs that need a person.

mod admin_list;
mod after_days;
mod assign;
mod counts;
mod list;
mod mute;
mod unmute;

use clap::Subcommand;

use crate::cli::Session;
use crate::client::AttentionView;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print, print_as_it_is};

/// List the Macs that need a person: why, since when, whose turn it is, and what is cheapest
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(flatten)]
    list: list::Wanted,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Counts(counts::Args),
    Mute(mute::Args),
    Unmute(unmute::Args),
    Assign(assign::Args),
    AdminList(admin_list::Args),
    AfterDays(after_days::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        None => list::run(args.list, session).await,
        Some(Command::Counts(args)) => counts::run(args, session).await,
        Some(Command::Mute(args)) => mute::run(args, session).await,
        Some(Command::Unmute(args)) => unmute::run(args, session).await,
        Some(Command::Assign(args)) => assign::run(args, session).await,
        Some(Command::AdminList(args)) => admin_list::run(args, session).await,
        Some(Command::AfterDays(args)) => after_days::run(args, session).await,
    }
}

/// Tells where a Mac stands after something about it was changed.
fn tell_standing(
    device: &str,
    attention: &AttentionView,
    json: &str,
    session: &Session,
) -> Result<Exit, Failure> {
    if session.format == Format::Json {
        print_as_it_is(json)?;
        return Ok(Exit::Done);
    }
    let standing = match attention.standing.as_str() {
        "needed" => "needs attention",
        "none" => "needs none",
        "too_new" => "is new and left in peace",
        "muted" => "is muted",
        "agent" => "is being mended by its agent",
        newer => newer,
    };
    let mut lines = vec![format!("{device} {standing}.")];
    lines.extend(attention.owner.as_ref().map(|owner| format!("Owner: {owner}.")));
    for reason in &attention.reasons {
        lines.extend(reason.muted_until.map(|until| {
            let until = moment(until, &session.zone);
            format!("Muted until {until}: {} ({}).", reason.code_title, reason.code)
        }));
    }
    print(&lines.join("\n"))?;
    Ok(Exit::Done)
}
