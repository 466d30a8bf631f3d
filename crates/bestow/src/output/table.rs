//! Tables without frames, which stay readable when they are piped into a file.

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Table, presets};

/// Width of a text that is not shown on a terminal.
const WIDTH_WITHOUT_TERMINAL: u16 = 110;
/// A terminal that says it is narrower does not know its width.
const LEAST_WIDTH: u16 = 40;
/// Columns whose cells are copied, and so never broken.
const UNBROKEN: [&str; 2] = ["id", "action"];

/// Rows under a header. On a terminal, long cells are wrapped to its width; anywhere else each row stays on one line, so
/// that it is one item for `grep`.
pub fn list<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    list_in(terminal_width(), header, rows)
}

fn list_in<const N: usize>(
    width: Option<u16>,
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new();
    table.set_header(header.map(str::to_uppercase));
    table.add_rows(
        rows.into_iter()
            .map(|row| row.map(|cell| Cell::new(one_line(&cell)))),
    );
    match width {
        Some(width) => arrange(&mut table, width),
        None => {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    for (index, name) in header.iter().enumerate() {
        if let Some(column) = table.column_mut(index).filter(|_| UNBROKEN.contains(name)) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    text(table)
}

/// Names and values, one below the other. Long values are wrapped.
pub fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut table = Table::new();
    arrange(&mut table, terminal_width().unwrap_or(WIDTH_WITHOUT_TERMINAL));
    for (name, value) in facts {
        table.add_row([name.to_owned(), value]);
    }
    text(table)
}

fn arrange(table: &mut Table, width: u16) {
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width);
}

/// The width of the terminal on standard output, if it is one and knows.
fn terminal_width() -> Option<u16> {
    Table::new().width().filter(|width| *width >= LEAST_WIDTH)
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
    fn rows_are_wrapped_to_a_terminal_and_ids_stay_whole() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let row = [id.to_owned(), "word ".repeat(30), "ada".to_owned()];
        let text = list_in(Some(80), ["id", "reason", "who"], [row]);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains(id) && text.lines().count() > 3, "{text}");
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
