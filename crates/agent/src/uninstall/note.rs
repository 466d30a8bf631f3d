//! What is noted of an uninstall that has begun.

use std::io;

use serde::{Deserialize, Serialize};
use trust::id::DeedId;
use trust::outcome::Evidence;

use crate::durable;
use crate::paths::Paths;

/// An uninstall that has begun. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// By this id the server is told of it.
    pub id: DeedId,
    /// The Mac's name, as somebody has typed it to accept that the chain is cut.
    pub confirmed: Option<String>,
    /// What was seen on the way.
    pub evidence: Vec<Evidence>,
}

/// Where it is noted.
#[derive(Debug, Clone)]
pub struct Note(std::path::PathBuf);

impl Note {
    /// The note of the agent that keeps its files at these paths.
    pub fn of(paths: &Paths) -> Self {
        Self(paths.uninstall())
    }

    /// What was begun; `None` when nothing was.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(&self) -> io::Result<Option<Begun>> {
        durable::read_json(&self.0)
    }

    /// Notes what was begun, in place of what was noted before.
    ///
    /// # Errors
    /// When it could not be written. Nothing may be changed then.
    pub fn write(&self, begun: &Begun) -> io::Result<()> {
        durable::write_json(&self.0, begun)
    }

    /// Forgets it: all else is gone.
    ///
    /// # Errors
    /// When it could not be removed.
    pub fn forget(&self) -> io::Result<()> {
        durable::remove(&self.0)
    }
}
