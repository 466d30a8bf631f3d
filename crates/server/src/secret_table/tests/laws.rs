//! What holds of every table, whoever made it: property tests, the corpus and a fuzzer try it.

use super::{Cells, MOST_COLUMNS, MOST_LINES, Table};

/// Panics when a law is broken for `bytes`.
pub fn hold(bytes: &[u8]) {
    let Ok(table) = Table::read(bytes) else { return };
    assert!(table.lines().len() <= MOST_LINES);
    let all: Vec<Cells<'_>> = std::iter::once(table.head()).chain(table.lines()).collect();
    let breaks = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    let mut before = 0;
    let mut length = 0;
    for line in &all {
        assert!(line.line() > before && line.line() <= breaks as u64 + 1);
        before = line.line();
        assert!((1..=MOST_COLUMNS).contains(&line.count()));
        assert_eq!(line.text(line.count()), None);
        length += texts(*line)
            .iter()
            .flatten()
            .map(|text| text.len())
            .sum::<usize>();
    }
    assert!(length <= bytes.len());
    written_again_it_is_the_same(&all);
}

fn texts(line: Cells<'_>) -> Vec<Option<&str>> {
    (0..line.count()).map(|column| line.text(column)).collect()
}

/// Written with every cell in quotes, it is read as the same table.
fn written_again_it_is_the_same(all: &[Cells<'_>]) {
    let mut text = String::new();
    for line in all {
        let Some(cells) = texts(*line).into_iter().collect::<Option<Vec<_>>>() else {
            return;
        };
        let quoted = cells
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        text.push_str(&quoted.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    let Ok(again) = Table::read(text.as_bytes()) else {
        panic!("what was read cannot be read again");
    };
    let again_all = std::iter::once(again.head()).chain(again.lines());
    for (line, again) in all.iter().zip(again_all) {
        assert_eq!(texts(*line), texts(again));
    }
    assert_eq!(again.lines().len() + 1, all.len());
}
