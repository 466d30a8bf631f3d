//! Tables without frames, which stay readable when they are piped into a file.

use comfy_table::{Cell, ContentArrangement, Table, presets};

/// Width of a text that is not shown on a terminal.
const WIDTH_WITHOUT_TERMINAL: u16 = 110;

/// Rows under a header. Each row stays on one line, so that it is one item for `grep` too.
pub fn list<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.map(str::to_uppercase));
    table.add_rows(
        rows.into_iter()
            .map(|row| row.map(|cell| Cell::new(one_line(&cell)))),
    );
    text(table)
}

/// Names and values, one below the other. Long values are wrapped.
pub fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if !table.is_tty() {
        table.set_width(WIDTH_WITHOUT_TERMINAL);
    }
    for (name, value) in facts {
        table.add_row([name.to_owned(), value]);
    }
    text(table)
}

fn text(mut table: Table) -> String {
    table.load_style(presets::NOTHING);
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    table.trim_fmt()
}

fn one_line(cell: &str) -> String {
    cell.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line_without_trailing_blanks() {
        let rows = [["ada", "one\ntwo"], ["ben", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(list(["name", "what"], rows), "NAME  WHAT\nada   one two\nben");
    }

    #[test]
    fn long_facts_are_wrapped() {
        let text = facts([("Cause", "word ".repeat(60))]);
        assert!(text.lines().count() > 2, "{text}");
        assert!(
            text.lines()
                .all(|line| line.len() <= usize::from(WIDTH_WITHOUT_TERMINAL)),
            "{text}"
        );
    }
}
