mod laws;

use std::path::Path;

use proptest::prelude::*;

use super::*;

fn texts(line: Cells<'_>) -> Vec<&str> {
    (0..line.count())
        .map(|column| line.text(column).unwrap_or("not UTF-8"))
        .collect()
}

fn read(text: &str) -> Vec<(u64, Vec<String>)> {
    let table = Table::read(text.as_bytes()).unwrap();
    let owned = |line: Cells<'_>| (line.line(), texts(line).into_iter().map(str::to_owned).collect());
    std::iter::once(table.head())
        .chain(table.lines())
        .map(owned)
        .collect()
}

fn line(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn cells_are_what_a_spreadsheet_meant() {
    let text = "\u{feff}a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\r\n ö ,\n1,2,3";
    let expected = [
        line(1, &["a", "b"]),
        line(2, &["x, y", "say \"hi\""]),
        line(4, &[" ö ", ""]),
        line(5, &["1", "2", "3"]),
    ];
    assert_eq!(read(text), expected);
}

#[test]
fn lines_are_counted_where_they_begin() {
    let text = "\n\na\n\"one\ntwo\"\nthree\n";
    let expected = [line(3, &["a"]), line(4, &["one\ntwo"]), line(6, &["three"])];
    assert_eq!(read(text), expected);
    // As a spreadsheet writes them that calls its format "Macintosh", and as nobody means to.
    let text = "a\rb\r\"one\r\ntwo\"\r\r\nc\n\rd";
    let numbers: Vec<u64> = read(text).into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, [1, 2, 3, 6, 8]);
}

#[test]
fn what_stands_in_quotes_separates_no_columns() {
    assert_eq!(
        read("\"a;b\",c\n1,2"),
        [line(1, &["a;b", "c"]), line(2, &["1", "2"])]
    );
    assert_eq!(
        read("\"a\n;\"\t\"c\"\n1\t2;3"),
        [line(1, &["a\n;", "c"]), line(3, &["1", "2;3"])]
    );
}

/// Bytes that a fuzzer found worth keeping.
#[test]
fn the_laws_hold_of_every_file_of_the_corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/secret_table");
    let mut files = 0;
    for file in std::fs::read_dir(corpus).unwrap() {
        laws::hold(&std::fs::read(file.unwrap().path()).unwrap());
        files += 1;
    }
    assert!(files > 0);
}

/// Bytes that are rich in what tables are made of.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["\"", ",", ";", "\t", "\r", "\n", "\r\n", "\u{feff}", "a", "Ö"])
            .prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn semicolons_and_tabs_separate_columns_where_the_head_says_so() {
    assert_eq!(read("a;b\n1,5;2"), [line(1, &["a", "b"]), line(2, &["1,5", "2"])]);
    assert_eq!(
        read("a\tb\n1;5\t2"),
        [line(1, &["a", "b"]), line(2, &["1;5", "2"])]
    );
    assert_eq!(read("a\n1;5\t2"), [line(1, &["a"]), line(2, &["1;5\t2"])]);
}

#[test]
fn what_is_no_table_is_refused() {
    let refused = |text: &str| Table::read(text.as_bytes()).err();
    assert_eq!(refused(""), Some(NotATable::Empty));
    assert_eq!(refused("\n\r\n"), Some(NotATable::Empty));
    let wide = format!("a,b\nb\n{}", "x,".repeat(MOST_COLUMNS - 1));
    assert_eq!(refused(&wide), None);
    let wide = format!("a,b\nb\n{}", "x,".repeat(MOST_COLUMNS));
    assert_eq!(refused(&wide), Some(NotATable::TooManyColumns { line: 3 }));
    let long = "a\n".repeat(MOST_LINES + 1);
    assert_eq!(refused(&long), None);
    let long = "a\n".repeat(MOST_LINES + 2);
    assert_eq!(refused(&long), Some(NotATable::TooManyLines));
}

#[test]
fn a_cell_that_is_not_utf_8_is_not_there() {
    let table = Table::read(b"a,b\ncaf\xe9,x\n").unwrap();
    let line = table.lines().next().unwrap();
    assert_eq!((line.count(), line.text(0), line.text(1)), (2, None, Some("x")));
    assert_eq!(line.text(2), None);
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_quoted_comes_out_as_it_went_in(rows in prop::collection::vec(prop::collection::vec(".{0,12}", 1..5), 1..6)) {
        let text: Vec<String> = rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")).collect();
        let text = format!("\"head\",\"of it\"\n{}\n", text.join("\r\n"));
        let table = Table::read(text.as_bytes()).unwrap();
        let found: Vec<Vec<&str>> = table.lines().map(texts).collect();
        prop_assert_eq!(found, rows);
    }

    #[test]
    fn the_laws_hold_of_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        laws::hold(&bytes);
    }

    #[test]
    fn the_laws_hold_of_what_looks_like_a_table(bytes in bytes()) {
        laws::hold(&bytes);
    }
}
