//! A table that somebody uploads: its form, with a button that only looks, and what came of it.

mod form;
mod seen;
mod told;

pub(super) use form::{TableForm, wanted};
pub(super) use seen::{Seen, read};
pub(super) use told::{bad_lines, count, no_table, refused};
