//! `bestow enrolment-data import`

use crate::cli::Session;
use crate::client::{ImportView, ImportedLine};
use crate::commands::table::{Import, count, exit, tell_bad, tell_refusal, tell_skipped};
use crate::exit::{Exit, Failure};
use crate::output::{Format, list, print, print_as_it_is, words};

/// Bind people and attributes to serial numbers, out of a CSV table
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line names the columns: serial_number, username, full_name, email, account, password. \
                        Any other name is an attribute of your own, and secret.NAME a secret one. An empty cell leaves \
                        what is known as it is."
)]
pub struct Args {
    #[command(flatten)]
    import: Import,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let import = &args.import;
    let answer = client
        .import_enrolment_records(import.table()?, &import.query())
        .await;
    let answer = answer.inspect_err(|error| tell_bad(error, session))?;
    let view = answer.value;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(exit(view.refused));
    }
    if import.dry_run && !view.lines.is_empty() {
        print(&changes(&view.lines))?;
    }
    if !view.new_attributes.is_empty() {
        print(&format!("\nNew attributes: {}", view.new_attributes.join(", ")))?;
    }
    tell_skipped(&view.bad_lines);
    match view.refused {
        true => tell_refusal(view.bad),
        false => print(&summary(&view, import.dry_run))?,
    }
    Ok(exit(view.refused))
}

fn changes(lines: &[ImportedLine]) -> String {
    let rows = lines.iter().map(|line| {
        [
            line.line.to_string(),
            line.serial_number.clone(),
            line.device_name
                .clone()
                .unwrap_or_else(|| "not enrolled".to_owned()),
            line.person.clone().unwrap_or_default(),
            words::plain(&line.what),
            line.changes.join(", "),
        ]
    });
    list(
        ["line", "serial", "mac", "person", "becomes", "what changes"],
        rows,
    )
}

fn summary(view: &ImportView, dry_run: bool) -> String {
    let verb = if dry_run { "would be " } else { "" };
    format!(
        "\n{} {verb}made, {} {verb}changed, {} unchanged; {} {verb}collected; {}.",
        count(view.created, "record", "records"),
        view.changed,
        view.unchanged,
        count(view.secrets, "secret", "secrets"),
        match view.not_enrolled {
            0 => "all of these Macs have enrolled".to_owned(),
            some => format!("{} not enrolled yet", count(some, "Mac has", "Macs have")),
        },
    )
}
