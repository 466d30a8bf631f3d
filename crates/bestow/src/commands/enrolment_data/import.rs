//! `bestow enrolment-data import`

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use zeroize::Zeroizing;

use crate::cli::Session;
use crate::client::{BadLine, ClientError, ImportView, ImportedLine};
use crate::exit::{Exit, Failure};
use crate::output::{Format, list, note, print, print_as_it_is, words};

/// The longest table that the server reads, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;

/// Bind people and attributes to serial numbers, out of a CSV table
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line names the columns: serial_number, username, full_name, email, account, password. \
                        Any other name is an attribute of your own, and secret.NAME a secret one. An empty cell leaves \
                        what is known as it is."
)]
pub struct Args {
    /// The table, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only tell what would come of it
    #[arg(long)]
    dry_run: bool,
    /// Import the lines that can be taken although others cannot
    #[arg(long)]
    skip_bad_lines: bool,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let table = read(&args.file)?;
    let mut query = Vec::new();
    query.extend(args.dry_run.then_some(("dry_run", "true")));
    query.extend(args.skip_bad_lines.then_some(("skip_bad_lines", "true")));
    let answer = match client.import_enrolment_records(table, &query).await {
        Ok(answer) => answer,
        Err(ClientError::Problem(problem)) => {
            if session.format == Format::Text && !problem.bad_lines.is_empty() {
                note(&bad(&problem.bad_lines));
            }
            return Err(ClientError::Problem(problem).into());
        }
        Err(other) => return Err(other.into()),
    };
    let view = answer.value;
    let exit = if view.refused { Exit::Refused } else { Exit::Done };
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(exit);
    }
    if args.dry_run && !view.lines.is_empty() {
        print(&changes(&view.lines))?;
    }
    if !view.new_attributes.is_empty() {
        print(&format!("\nNew attributes: {}", view.new_attributes.join(", ")))?;
    }
    if !view.bad_lines.is_empty() {
        note(&bad(&view.bad_lines));
    }
    match view.refused {
        true => note(&refusal(view.bad)),
        false => print(&summary(&view, args.dry_run))?,
    }
    Ok(exit)
}

/// Reads the table into memory that is wiped and never moved.
fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    let limit = u64::try_from(LONGEST + 1).unwrap_or(u64::MAX);
    if file == Path::new("-") {
        io::stdin()
            .lock()
            .take(limit)
            .read_to_end(&mut bytes)
            .context("read standard input")?;
    } else {
        let named = || format!("read {}", file.display());
        let open = File::open(file).with_context(named)?;
        open.take(limit).read_to_end(&mut bytes).with_context(named)?;
    }
    if bytes.len() > LONGEST {
        return Err(Failure::usage(
            "The table is longer than 8 MiB. Split it and import the parts one by one.",
        ));
    }
    Ok(bytes)
}

fn bad(lines: &[BadLine]) -> String {
    let rows = lines.iter().map(|bad| {
        let column = bad.column.clone().unwrap_or_else(|| "(the line)".to_owned());
        let heading = match &bad.heading {
            Some(heading) => format!("{column} {heading:?}"),
            None => column,
        };
        [bad.line.to_string(), heading, bad.rule.clone()]
    });
    format!(
        "\nLines that cannot be taken:\n{}\n",
        list(["line", "heading", "rule: it"], rows)
    )
}

/// That the import itself would save nothing.
fn refusal(bad: usize) -> String {
    format!(
        "Nothing would be saved: {} cannot be taken, and an import is all or nothing. Mend the table, or let the other \
         lines be imported alone with --skip-bad-lines.",
        count(bad, "line", "lines")
    )
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

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
