//! `bestow bulk`: runs that ask one action of many Macs. `bestow bulk-grant` and `bestow bulk-create-user` begin one.

pub mod create_user;
mod follow;
pub mod grant;
mod list;
pub mod order;
mod results;
pub mod selection;
mod show;
mod verbs;

use clap::Subcommand;
use trust::bulk::is_trouble_of_run;
use trust::code::Code;
use trust::id::BulkRunId;

use crate::cli::Session;
use crate::client::{Answer, BulkRunView, Client};
use crate::exit::{Exit, Failure};
use crate::output::{Format, Teaching, bulk_run_details, print, print_as_it_is};

/// Watch, stop and continue what was asked of many Macs, and see its results
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Results(results::Args),
    Stop(verbs::StopArgs),
    Continue(verbs::ContinueArgs),
    Cancel(verbs::CancelArgs),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::List(args) => list::run(&args, session).await,
        Command::Show(args) => show::run(&args, session).await,
        Command::Results(args) => results::run(args, session).await,
        Command::Stop(args) => verbs::stop(&args, session).await,
        Command::Continue(args) => verbs::resume(&args, session).await,
        Command::Cancel(args) => verbs::cancel(&args, session).await,
    }
}

/// Reads the id of a bulk run.
fn run_id(text: &str) -> Result<BulkRunId, String> {
    text.trim()
        .parse()
        .map_err(|_| "is the id of a bulk run; 'bestow bulk list' shows them".to_owned())
}

/// Shows a run, with cause and fix when it was stopped or ended early. Answers how the command ends.
fn tell_run(answer: &Answer<BulkRunView>, client: &Client, session: &Session) -> Result<Exit, Failure> {
    let run = &answer.value;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            let mut text = bulk_run_details(run, &session.zone);
            let code = run.code.as_deref().and_then(Code::from_word);
            if let Some(code) = code.filter(|code| is_trouble_of_run(*code)) {
                let teaching = Teaching::of_code("Why", code.word(), Some(client.address()));
                text.push_str(&format!("\n\n{}", teaching.text()));
            }
            print(&text)?;
        }
    }
    Ok(match (run.has_come_to_rest(), run.succeeded()) {
        (_, true) => Exit::Done,
        (true, false) => Exit::EndedBadly,
        (false, false) => Exit::StillOpen,
    })
}
