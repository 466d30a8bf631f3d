//! Tables in CSV that hold secrets. They are read into one piece of memory that is zeroised; nothing else keeps a copy.
//!
//! The columns may be separated by commas, semicolons or tabs, as spreadsheets in different countries write them.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use zeroize::Zeroizing;

/// How many columns a table has at most.
pub const MOST_COLUMNS: usize = 120;

/// How many lines a table has at most, its head left out.
pub const MOST_LINES: usize = 10_000;

/// What spreadsheets put before a table to say that it is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A table, zeroised when it is dropped. It has no `Debug`.
pub struct Table {
    bytes: Zeroizing<Vec<u8>>,
    head: Line,
    lines: Vec<Line>,
}

/// Why a text is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotATable {
    /// There is no head.
    #[error("has a first line that names its columns")]
    Empty,
    /// It exceeds [`MOST_LINES`].
    #[error("has at most {MOST_LINES} lines")]
    TooManyLines,
    /// A line exceeds [`MOST_COLUMNS`].
    #[error("has at most {MOST_COLUMNS} columns in each line")]
    TooManyColumns {
        /// Which line.
        line: u64,
    },
}

/// Where a line's cells are.
struct Line {
    number: u64,
    cells: Vec<Range<usize>>,
}

/// One line of a table.
#[derive(Clone, Copy)]
pub struct Cells<'t> {
    table: &'t Table,
    line: &'t Line,
}

impl Table {
    /// Reads a table. Blank lines are left out.
    pub fn read(text: &[u8]) -> Result<Self, NotATable> {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        // What is read out is never longer than what stands there.
        let mut bytes = Zeroizing::new(vec![0; text.len()]);
        let mut records = Records {
            reader: ReaderBuilder::new().delimiter(delimiter(text)).build(),
            rest: text,
            line: 1,
            is_after_return: false,
            written: 0,
        };
        let head = records.next(&mut bytes)?.ok_or(NotATable::Empty)?;
        let mut lines = Vec::new();
        while let Some(line) = records.next(&mut bytes)? {
            if lines.len() == MOST_LINES {
                return Err(NotATable::TooManyLines);
            }
            lines.push(line);
        }
        Ok(Self { bytes, head, lines })
    }

    /// The names of the columns.
    pub fn head(&self) -> Cells<'_> {
        Cells {
            table: self,
            line: &self.head,
        }
    }

    /// The lines after the head.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Cells<'_>> {
        self.lines.iter().map(|line| Cells { table: self, line })
    }
}

impl<'t> Cells<'t> {
    /// The number of the line in the text, from 1.
    pub fn line(self) -> u64 {
        self.line.number
    }

    /// How many cells there are.
    pub fn count(self) -> usize {
        self.line.cells.len()
    }

    /// The cell in this column, counted from 0; `None` when it is not there or not UTF-8.
    pub fn text(self, column: usize) -> Option<&'t str> {
        let place = self.line.cells.get(column)?;
        std::str::from_utf8(self.table.bytes.get(place.clone())?).ok()
    }
}

/// The character that separates columns: the first of those that do in the head, outside of quotes.
fn delimiter(text: &[u8]) -> u8 {
    let mut in_quotes = false;
    let mut has_begun = false;
    for byte in text {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b',' | b';' | b'\t' if !in_quotes => return *byte,
            b'\n' | b'\r' if !in_quotes && has_begun => break,
            _ => {}
        }
        has_begun |= !matches!(byte, b'\n' | b'\r');
    }
    b','
}

/// Reads records one after the other.
struct Records<'t> {
    reader: Reader,
    rest: &'t [u8],
    line: u64,
    /// The byte before `rest` was a carriage return: a line feed now is of the same line break.
    is_after_return: bool,
    written: usize,
}

impl Records<'_> {
    fn next(&mut self, bytes: &mut [u8]) -> Result<Option<Line>, NotATable> {
        self.skip_line_breaks();
        let number = self.line;
        let begin = self.written;
        let mut ends = [0; MOST_COLUMNS];
        let mut columns = 0;
        loop {
            let (result, read, wrote, ended) =
                self.reader
                    .read_record(self.rest, &mut bytes[self.written..], &mut ends[columns..]);
            self.pass(read);
            self.written += wrote;
            columns += ended;
            match result {
                // With nothing more to read, the next call ends the record that is under way.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(NotATable::TooManyColumns { line: number });
                }
                ReadRecordResult::Record => return Ok(Some(cells(number, begin, &ends[..columns]))),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// Leaves out what the reader would, so that a line's number is that of its first character.
    fn skip_line_breaks(&mut self) {
        let breaks = self
            .rest
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count();
        self.pass(breaks);
    }

    /// Goes on by so many bytes, and counts line breaks of every kind.
    fn pass(&mut self, count: usize) {
        let (passed, rest) = self.rest.split_at(count);
        for byte in passed {
            let begins_line = *byte == b'\r' || (*byte == b'\n' && !self.is_after_return);
            self.line += u64::from(begins_line);
            self.is_after_return = *byte == b'\r';
        }
        self.rest = rest;
    }
}

fn cells(number: u64, begin: usize, ends: &[usize]) -> Line {
    let begins = std::iter::once(0).chain(ends.iter().copied());
    let cells = begins
        .zip(ends)
        .map(|(from, to)| begin + from..begin + to)
        .collect();
    Line { number, cells }
}

#[cfg(test)]
mod tests;
