//! Tables without frames, which stay readable when they are piped into a file.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

/// Blanks beside a cell.
const PADDING: u16 = 2;
/// Width of a text that is not shown on a terminal.
const WIDTH_WITHOUT_TERMINAL: u16 = 110;
/// A terminal that says it is narrower does not know its width.
const LEAST_WIDTH: u16 = 40;

/// Rows under a header. On a terminal that is wide enough for every word, cells are wrapped between words; anywhere else
/// each row stays on one line, so that it is one item for `grep`.
pub fn list<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| row.map(|cell| one_line(&cell)))
        .collect();
    list_in(terminal_width(), header.map(str::to_uppercase), &rows)
}

fn list_in<const N: usize>(width: Option<u16>, header: [String; N], rows: &[[String; N]]) -> String {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Disabled);
    if let Some((width, constraints)) = width.and_then(|width| Some((width, fit(width, &header, rows)?))) {
        arrange(&mut table, width);
        table.set_header(&header);
        table.add_rows(rows);
        table.set_constraints(constraints);
    } else {
        table.set_header(&header);
        table.add_rows(rows);
    }
    text(table)
}

/// How wide each column must at least be so that no word is broken, and which are left out because they hold nothing;
/// `None` when that does not fit.
fn fit<const N: usize>(
    width: u16,
    header: &[String; N],
    rows: &[[String; N]],
) -> Option<[ColumnConstraint; N]> {
    let mut needed = 0;
    let constraints = std::array::from_fn(|column| {
        let cells = || rows.iter().map(|row| row[column].as_str());
        if !rows.is_empty() && cells().all(str::is_empty) {
            return ColumnConstraint::Hidden;
        }
        let words = cells()
            .chain([header[column].as_str()])
            .flat_map(str::split_whitespace);
        let longest = words.map(|word| word.chars().count()).max().unwrap_or(0);
        let longest = u16::try_from(longest).unwrap_or(u16::MAX);
        let padded = longest.saturating_add(PADDING);
        needed += u32::from(padded);
        ColumnConstraint::LowerBoundary(Width::Fixed(padded))
    });
    (needed <= u32::from(width)).then_some(constraints)
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
    fn rows_are_wrapped_between_words_where_every_word_fits() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let header = || ["ID", "REASON", "NOTE", "WHO"].map(str::to_owned);
        let row = [id.to_owned(), "word ".repeat(30), String::new(), "ada".to_owned()];
        let rows = [row];
        let text = list_in(Some(72), header(), &rows);
        assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
        assert!(text.contains(id) && text.lines().count() > 3, "{text}");
        assert!(!text.contains("NOTE"), "an empty column takes room: {text}");
        // Nothing is broken where it does not fit, nor where nobody reads along.
        for width in [Some(44), None] {
            assert_eq!(list_in(width, header(), &rows).lines().count(), 2);
        }
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
