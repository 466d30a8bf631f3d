//! A table: lines on wide screens, cards on narrow ones.

use maud::{Markup, html};

/// A table. The first cell of each row is the row's heading.
pub(crate) struct Table<'a> {
    /// What it lists, for those who do not see it.
    pub label: &'a str,
    /// The columns' headings.
    pub columns: &'a [&'a str],
    /// Whether all values are short, so that two of them find room beside each other on narrow screens.
    pub short: bool,
    /// The cells, a row at a time; as many as there are columns.
    pub rows: Vec<Vec<Markup>>,
}

impl Table<'_> {
    /// The table.
    pub(crate) fn render(&self) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(self.label) {
                table.cards.short[self.short] {
                    thead { tr { @for column in self.columns { th scope="col" { (column) } } } }
                    tbody { @for row in &self.rows { (self.row(row)) } }
                }
            }
        }
    }

    /// A row. What stands in a cell is held together, since a card sets it beside its label.
    fn row(&self, cells: &[Markup]) -> Markup {
        html! {
            tr {
                @for cell in cells.iter().take(1) {
                    th scope="row" { (cell) }
                }
                @for (cell, column) in cells.iter().zip(self.columns).skip(1) {
                    td data-label=(column) { div { (cell) } }
                }
            }
        }
    }
}
