//! How many logins the plug-in has told.

use std::io;

use serde::{Deserialize, Serialize};
use trust::time::Timestamp;

use crate::durable;
use crate::paths::Paths;

/// How many logins the plug-in has told, and when. Who logged in is not kept: nothing needs it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginRecord {
    /// How many.
    pub told: u64,
    /// The last of them.
    pub last_at: Option<Timestamp>,
}

impl LoginRecord {
    /// Reads what is kept; nothing was told when there is nothing.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn load(paths: &Paths) -> io::Result<Self> {
        Ok(durable::read_json(&paths.logins())?.unwrap_or_default())
    }

    /// Keeps it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, paths: &Paths) -> io::Result<()> {
        durable::write_json(&paths.logins(), self)
    }

    /// The record with one more login.
    #[must_use]
    pub fn and_one_at(self, now: Timestamp) -> Self {
        Self {
            told: self.told.saturating_add(1),
            last_at: Some(now),
        }
    }
}
