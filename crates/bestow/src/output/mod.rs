//! What people read: tables, plans and refusals that teach. Programs read the API's own JSON (`--json`).

mod action;
mod bulk;
mod finding;
mod plan;
mod recovery;
mod service_account;
mod table;
mod teaching;
mod time;
mod what_if;
pub mod words;

pub use action::{action_details, action_line};
pub use bulk::{bulk_plan_text, bulk_run_details, bulk_run_line, member_line};
pub use finding::{command as action_command, findings_text};
pub use plan::{meaning, plan_table};
pub use recovery::recovery_text;
pub use service_account::service_account_text;
pub use table::{facts, list};
pub use teaching::{Teaching, next_step};
pub use time::{Zone, moment, point_in_time, span};
pub use what_if::what_if_text;

use std::io::{self, Write};

use anyhow::Context as _;

use crate::exit::Failure;

/// How a command speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Tables for people.
    Text,
    /// The API's JSON, on standard output alone.
    Json,
}

/// Writes `text` for people and a line break to standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    print_as_it_is(&harmless(text))
}

/// Writes text for programs, such as the API's own JSON, and a line break to standard output. A reader that has gone
/// away, such as `head`, is no failure.
pub fn print_as_it_is(text: &str) -> Result<(), Failure> {
    written(writeln!(io::stdout().lock(), "{}", text.trim_end()))
}

/// Writes a page of a list and how to go on; where there is nothing, what to do about it.
pub fn print_list<const N: usize>(
    header: [&str; N],
    rows: Vec<[String; N]>,
    next_cursor: Option<&str>,
    empty: &str,
) -> Result<(), Failure> {
    if rows.is_empty() {
        note(empty);
    } else {
        print(&list(header, rows))?;
    }
    match next_cursor {
        Some(cursor) => print(&format!("\nMore: --cursor {cursor}")),
        None => Ok(()),
    }
}

/// Writes sentences for people who watch, beside the output.
pub fn note(text: &str) {
    // Nobody is left to be told when standard error is gone.
    let _ = writeln!(
        io::stderr().lock(),
        "{}",
        harmless(&trust::words::prose(text)).trim_end()
    );
}

/// `text` without control characters, so that a name on a Mac cannot steer the terminal of whoever reads it here.
fn harmless(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() && c != '\n' {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}

fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other.context("write to standard output")?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_the_terminal() {
        assert_eq!(
            harmless("ben\u{1b}[2J\r\nzo\u{eb} \u{9b}1m"),
            "ben\u{fffd}[2J\u{fffd}\nzo\u{eb} \u{fffd}1m"
        );
    }
}
