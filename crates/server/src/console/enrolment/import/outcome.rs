//! What comes of a table: what becomes of each Mac, and the lines that cannot be taken.

use maud::{Markup, html};

use super::super::{LIST, address};
use crate::console::components::{Table, Tone, badge};
use crate::console::table_upload::{Seen, bad_lines, count, no_table, refused};
use crate::enrolment_records::import::{Becomes, ImportView, ImportedLine};

/// What would come of a file.
pub(super) fn of(seen: &Seen<ImportView>) -> Markup {
    html! {
        @match seen {
            Seen::Nothing | Seen::Done(_) => {}
            Seen::NoTable(why) => { (no_table(why)) }
            Seen::Refused(bad) => { (refused(bad)) }
            Seen::Preview(view) => {
                h2 { "What will change" }
                p { strong { (summary(view)) } " Nothing has been imported yet." }
                @if view.bad > 0 {
                    div.notice.warn {
                        p {
                            strong { (count(view.bad, "line", "lines")) " cannot be taken. " }
                            "Mend the table, or let the other lines be imported alone."
                        }
                    }
                    (bad_lines(&view.bad_lines))
                }
                (imported_lines(view, "What becomes of each Mac"))
            }
        }
    }
}

/// After an import.
pub(super) fn done(view: &ImportView) -> Markup {
    html! {
        div.notice.good role="status" { p { strong { "Imported. " } (summary(view)) } }
        @if view.bad > 0 {
            div.notice.warn { p { strong { (count(view.bad, "line", "lines")) " could not be taken." } } }
            (bad_lines(&view.bad_lines))
        }
        (imported_lines(view, "What became of each Mac"))
        p.buttons {
            a.button-like.primary href=(LIST) { "To the enrolment data" }
            a.button-like href="/enrolment-data/import" { "Import another table" }
        }
        @if view.secrets > 0 {
            p.hint { "The file has secrets in it. Delete it: each is sealed now, and cannot be shown again." }
        }
    }
}

/// How much it is, in a sentence.
fn summary(view: &ImportView) -> String {
    let counts = [
        (view.created, "new"),
        (view.changed, "changed"),
        (view.unchanged, "unchanged"),
    ];
    let counted: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let mut parts = vec![if counted.is_empty() {
        "No record".to_owned()
    } else {
        counted.join(", ")
    }];
    if view.secrets > 0 {
        parts.push(count(view.secrets, "secret", "secrets"));
    }
    if view.not_enrolled > 0 {
        let macs = count(view.not_enrolled, "Mac has", "Macs have");
        parts.push(format!("{macs} not enrolled yet"));
    }
    format!("{}.", parts.join("; "))
}

fn imported_lines(view: &ImportView, title: &str) -> Markup {
    let all = view.created + view.changed + view.unchanged;
    let table = Table {
        label: title,
        columns: &[
            "Where",
            "Serial number",
            "Mac",
            "Person",
            "Record",
            "What changes",
        ],
        short: true,
        rows: view.lines.iter().map(cells).collect(),
    };
    html! {
        @if !view.lines.is_empty() {
            h2 { (title) }
            (table.render())
            @if all > view.lines.len() { p.hint { "The first " (view.lines.len()) " of " (all) "." } }
        }
    }
}

fn cells(line: &ImportedLine) -> Vec<Markup> {
    vec![
        html! { "Line " (line.line) },
        html! { a.mono href=(address(&line.serial_number)) { (line.serial_number) } },
        html! { @match &line.device_name { Some(name) => { (name) } None => { span.quiet { "not enrolled yet" } } } },
        html! { (line.person.as_deref().unwrap_or("–")) },
        match line.what {
            Becomes::Created => badge(Tone::Good, "new"),
            Becomes::Changed => badge(Tone::Warn, "changed"),
            Becomes::Unchanged => badge(Tone::Idle, "unchanged"),
        },
        html! { @if line.changes.is_empty() { "–" } @else { (line.changes.join(", ")) } },
    ]
}
