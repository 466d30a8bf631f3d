//! The machine's clock, and how far a test has put it forward: weeks pass for a real server in no other way.
//!
//! Whoever can move a server's clock can have its links and sessions outlive their time. So this is no setting: it stands in builds with
//! debug assertions alone, of which none is handed out.

use std::fs;
use std::path::{Path, PathBuf};

use trust::time::Timestamp;

use super::{Clock, SystemClock};

/// A clock that is ahead by as many milliseconds as a file says, and not at all without the file.
#[derive(Debug)]
pub(super) struct MovedClock {
    ahead: PathBuf,
}

impl MovedClock {
    /// The clock of the server with this database: the file lies beside it, and ends in `clock-ahead`.
    pub(super) fn beside(database: &Path) -> Self {
        Self {
            ahead: database.with_extension("clock-ahead"),
        }
    }
}

impl Clock for MovedClock {
    #[expect(clippy::expect_used, reason = "a test that writes something else is wrong")]
    fn now(&self) -> Timestamp {
        let ahead = match fs::read_to_string(&self.ahead) {
            Ok(text) => text.trim().parse().expect("a number of milliseconds"),
            Err(_) => 0,
        };
        Timestamp(SystemClock.now().as_millis().saturating_add(ahead))
    }
}
