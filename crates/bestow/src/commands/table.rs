//! Tables in CSV that commands import, and what is told of their lines.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use zeroize::Zeroizing;

use crate::cli::Session;
use crate::client::{BadLine, ClientError};
use crate::exit::{Exit, Failure};
use crate::named_file::unreadable;
use crate::output::{Format, list, note};

/// The longest table that the server reads, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;

/// Which table is imported, and how.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The table, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only tell what would come of it
    #[arg(long)]
    pub dry_run: bool,
    /// Import the lines that can be taken although others cannot
    #[arg(long)]
    skip_bad_lines: bool,
}

impl Import {
    /// The table.
    pub(super) fn table(&self) -> Result<Zeroizing<Vec<u8>>, Failure> {
        read(&self.file)
    }

    /// How the server is asked for it.
    pub(super) fn query(&self) -> Vec<(&'static str, &'static str)> {
        let dry_run = self.dry_run.then_some(("dry_run", "true"));
        let skip_bad_lines = self.skip_bad_lines.then_some(("skip_bad_lines", "true"));
        dry_run.into_iter().chain(skip_bad_lines).collect()
    }
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
        let whole = File::open(file).and_then(|open| open.take(limit).read_to_end(&mut bytes));
        whole.map_err(|error| unreadable(file, &error))?;
    }
    if bytes.len() > LONGEST {
        return Err(Failure::usage(
            "The table is longer than 8 MiB. Split it and import the parts one by one.",
        ));
    }
    Ok(bytes)
}

/// Tells which lines the server has refused, where it has.
pub(super) fn tell_bad(error: &ClientError, session: &Session) {
    if let ClientError::Problem(problem) = error
        && session.format == Format::Text
        && !problem.bad_lines.is_empty()
    {
        note(&bad(&problem.bad_lines));
    }
}

/// Tells which lines are left out, where there are such.
pub(super) fn tell_skipped(lines: &[BadLine]) {
    if !lines.is_empty() {
        note(&bad(lines));
    }
}

/// How a command ends whose import was carried out, or would be refused.
pub(super) fn exit(refused: bool) -> Exit {
    if refused { Exit::Refused } else { Exit::Done }
}

/// Lines that cannot be taken, as a list.
fn bad(lines: &[BadLine]) -> String {
    let rows = lines.iter().map(|bad| {
        let column = bad.column.clone().unwrap_or_else(|| "(the line)".to_owned());
        let heading = match &bad.heading {
            Some(heading) => format!("{column} {heading:?}"),
            None => column,
        };
        [bad.line.to_string(), heading, format!("It {}.", bad.rule)]
    });
    format!(
        "\nLines that cannot be taken:\n{}\n",
        list(["line", "column", "rule"], rows)
    )
}

/// Tells that the import itself would save nothing.
pub(super) fn tell_refusal(bad: usize) {
    note(&format!(
        "Nothing would be saved: {} cannot be taken, and an import is all or nothing. Mend the table, or let the other \
         lines be imported alone with --skip-bad-lines.",
        count(bad, "line", "lines")
    ));
}

/// A number with its word.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
