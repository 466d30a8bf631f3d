//! The journal on disk: one small file for each action, replaced as a whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use trust::id::ActionId;
use trust::time::Timestamp;

use super::Entry;
use crate::durable;

/// What the journal remembers of one action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "journaled", rename_all = "snake_case")]
pub enum Journaled {
    /// It has no acknowledged end yet.
    Open(Box<Entry>),
    /// The server knows its end, or has taken it back. Only the id is kept, so that it is refused if it comes again.
    Closed {
        /// The action.
        id: ActionId,
        /// After this time the server offers it to nobody, and the journal forgets it.
        not_after: Timestamp,
    },
}

impl Journaled {
    /// The action.
    pub fn id(&self) -> ActionId {
        match self {
            Self::Open(entry) => entry.offer.envelope.id,
            Self::Closed { id, .. } => *id,
        }
    }
}

/// The folder of the journal.
#[derive(Debug, Clone)]
pub struct Journal {
    folder: PathBuf,
}

impl Journal {
    /// Opens the journal in `folder`, making it if need be, and reads all that it remembers.
    ///
    /// # Errors
    /// When a file cannot be read. A journal that cannot be read must not be taken for an empty one: an action could
    /// take place twice.
    pub fn open(folder: &Path) -> io::Result<(Self, Vec<Journaled>)> {
        durable::private_folder(folder)?;
        let mut remembered = Vec::new();
        for file in fs::read_dir(folder)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                remembered.extend(durable::read_json(&path)?);
            }
        }
        remembered.sort_by_key(Journaled::id);
        Ok((
            Self {
                folder: folder.to_path_buf(),
            },
            remembered,
        ))
    }

    /// Puts `what` on the disk, in place of what was remembered of the same action.
    pub fn record(&self, what: &Journaled) -> io::Result<()> {
        durable::write_json(&self.path(what.id()), what)
    }

    /// Forgets an action for good.
    pub fn forget(&self, id: ActionId) -> io::Result<()> {
        durable::remove(&self.path(id))
    }

    fn path(&self, id: ActionId) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }
}
