//! Whatever table is imported, the laws of reading one hold of it.

#![no_main]

use server::secret_table::{Cells, MOST_COLUMNS, MOST_LINES, Table};

#[path = "../../crates/server/src/secret_table/tests/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold(bytes));
