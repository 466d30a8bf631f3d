//! What cannot be taken, in words.

use maud::{Markup, html};

use crate::console::components::{Table, prose};
use crate::table_import::{BadLine, MOST_TOLD};

/// That a file is no table.
pub(in crate::console) fn no_table(why: &str) -> Markup {
    html! {
        div.notice.bad #table-error role="alert" { p { strong { "This cannot be imported. " } (prose(why)) } }
    }
}

/// That nothing was imported, and which lines cannot be taken.
pub(in crate::console) fn refused(bad: &[BadLine]) -> Markup {
    html! {
        div.notice.bad role="alert" {
            p { strong { "Nothing was imported. " } "Mend the table and choose it again." }
        }
        (bad_lines(bad))
    }
}

/// The lines of a table that cannot be taken.
pub(in crate::console) fn bad_lines(bad: &[BadLine]) -> Markup {
    let row = |bad: &BadLine| {
        vec![
            html! { "Line " (bad.line) },
            html! {
                @match &bad.column { Some(column) => { code { (column) } } None => { "the whole line" } }
                @if let Some(heading) = &bad.heading { " “" (heading) "”" }
            },
            prose(&format!("It {}.", bad.rule)),
        ]
    };
    let table = Table {
        label: "Lines that cannot be taken",
        columns: &["Where", "Column", "Rule"],
        short: false,
        rows: bad.iter().map(row).collect(),
    };
    html! {
        h2 { "Lines that cannot be taken" }
        (table.render())
        @if bad.len() >= MOST_TOLD { p.hint { "There may be more than these " (bad.len()) "." } }
    }
}

/// A number with its word.
pub(in crate::console) fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
