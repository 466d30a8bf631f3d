//! What a bulk run does: every small case looked at, and whole runs followed.

mod every_case;
mod whole_runs;
