//! Importing enrolment data from a table: what would change is shown before, line by line, and nothing of the file is
//! kept in between.

mod outcome;
mod page;
mod show;
mod submit;

pub(crate) use show::show_import;
pub(crate) use submit::submit_import;
