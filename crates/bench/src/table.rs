//! Figures as a table for people.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use crate::figure::{Bar, Figure};

/// The figures, one to a line.
pub fn table(figures: &[Figure]) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["what", "measured", "bar", "× bar", "peer", "× peer", "by", ""]);
    for figure in figures {
        table.add_row(row(figure));
    }
    for column in table.column_iter_mut().skip(1).take(5) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

fn row(figure: &Figure) -> [Cell; 8] {
    let with_unit = |value: f64| format!("{} {}", number(value), figure.unit).trim_end().to_owned();
    let bar = figure.bar.map(|bar| match bar {
        Bar::AtMost(most) => format!("≤ {}", with_unit(most)),
        Bar::AtLeast(least) => format!("≥ {}", with_unit(least)),
    });
    let peer = figure
        .peer
        .map(|peer| format!("{} ({})", with_unit(peer.measured), peer.of));
    let times = |ratio: Option<f64>| ratio.map(|ratio| format!("{ratio:.1}")).unwrap_or_default();
    [
        figure.what.clone(),
        with_unit(figure.measured),
        bar.unwrap_or_default(),
        times(figure.against_bar()),
        peer.unwrap_or_default(),
        times(figure.against_peer()),
        figure.kind.word().to_owned(),
        if figure.keeps_its_bar() { "" } else { "MISSED" }.to_owned(),
    ]
    .map(Cell::new)
}

/// Three digits that count, whole numbers whole.
fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 || value.fract() == 0.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Kind;

    #[test]
    fn a_line_tells_figure_bar_and_peer_and_whether_the_bar_is_missed() {
        let good = Figure::new("check-in", 0.1, "ms", Kind::Processor).bar(Bar::AtMost(0.15));
        let bad = Figure::new("delivered", 299.0, "of 300", Kind::Counted)
            .bar(Bar::AtLeast(300.0))
            .peer(7.0, "default store");
        let text = table(&[good, bad]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].contains("0.100 ms") && lines[2].contains("≤ 0.150 ms") && lines[2].contains("1.5"));
        assert!(!lines[2].contains("MISSED"));
        assert!(lines[3].contains("299 of 300") && lines[3].contains("7 of 300 (default store)"));
        assert!(lines[3].contains("42.7") && lines[3].contains("MISSED"), "{text}");
    }
}
