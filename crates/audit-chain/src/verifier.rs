//! Reading an export, line by line.

use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::{Checkpoint, Entry, Hash, Head, Hex, Line};

/// Why an export is not what the server wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The line is no line of an export.
    #[error("line {0} is no line of an export, or not the one that belongs there")]
    Line(u64),
    /// An entry is missing, or in another place.
    #[error("line {line}: entry {expected} of the chain belongs there, and {found} stands there")]
    Place {
        /// Which line.
        line: u64,
        /// The entry that belongs there.
        expected: u64,
        /// The one that stands there.
        found: u64,
    },
    /// What the entry says is not what its hash covers.
    #[error("line {0}: the entry, or one before it, is not what was sealed")]
    Entry(u64),
    /// The signature is not on what stands above it, or not valid.
    #[error("line {0}: the signature does not fit what stands above it")]
    Signature(u64),
    /// Another key has signed.
    #[error("line {0}: the signature is by another key")]
    Key(u64),
    /// The end is missing: nothing signs the last entries.
    #[error("the export ends without a signature on its last entries: it was cut off")]
    Unsigned,
}

/// What an export was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose log it is.
    pub organization_id: OrganizationId,
    /// How many entries it has.
    pub entries: u64,
    /// When the last signature was made.
    pub signed_at: Timestamp,
    /// The key of every signature. Whether it is the server's own has to be known from elsewhere.
    pub key: Hex<32>,
}

/// Reads an export.
#[derive(Debug, Default)]
pub struct Verifier {
    key: Option<Hex<32>>,
    chain: Option<(OrganizationId, Head)>,
    last: Option<Checkpoint>,
    line: u64,
}

impl Verifier {
    /// Reads an export whose signatures must be by this key; by any one key where there is none.
    pub fn new(key: Option<Hex<32>>) -> Self {
        Self {
            key,
            ..Self::default()
        }
    }

    /// Reads the next line.
    ///
    /// # Errors
    /// With what is wrong at this line. Nothing that comes after it is worth anything.
    pub fn read(&mut self, text: &str) -> Result<(), Broken> {
        self.line += 1;
        let line = serde_json::from_str(text).map_err(|_| Broken::Line(self.line))?;
        match (line, self.chain) {
            (Line::Chain { organization_id }, None) => {
                self.chain = Some((organization_id, Head::beginning(organization_id)));
                Ok(())
            }
            (
                Line::Entry {
                    position,
                    hash,
                    entry,
                },
                Some((organization_id, head)),
            ) => {
                let next = self.follow(head, position, hash, &entry)?;
                self.chain = Some((organization_id, next));
                Ok(())
            }
            (Line::Checkpoint(checkpoint), Some((organization_id, head))) => {
                self.accept(organization_id, head, checkpoint)
            }
            _ => Err(Broken::Line(self.line)),
        }
    }

    fn follow(&self, head: Head, position: u64, hash: Hash, entry: &Entry) -> Result<Head, Broken> {
        let next = head.next(entry).map_err(|_| Broken::Line(self.line))?;
        if position != next.position {
            return Err(Broken::Place {
                line: self.line,
                expected: next.position,
                found: position,
            });
        }
        if hash == next.hash {
            Ok(next)
        } else {
            Err(Broken::Entry(self.line))
        }
    }

    fn accept(
        &mut self,
        organization_id: OrganizationId,
        head: Head,
        checkpoint: Checkpoint,
    ) -> Result<(), Broken> {
        if self.key.is_some_and(|key| key != checkpoint.key) {
            return Err(Broken::Key(self.line));
        }
        let fits = checkpoint.organization_id == organization_id && checkpoint.head() == head;
        if !fits || !checkpoint.is_signed() {
            return Err(Broken::Signature(self.line));
        }
        self.key = Some(checkpoint.key);
        self.last = Some(checkpoint);
        Ok(())
    }

    /// The export has ended.
    ///
    /// # Errors
    /// When nothing signs its last entries.
    pub fn end(self) -> Result<Verified, Broken> {
        let (Some((organization_id, head)), Some(last)) = (self.chain, self.last) else {
            return Err(Broken::Unsigned);
        };
        if last.head() != head {
            return Err(Broken::Unsigned);
        }
        Ok(Verified {
            organization_id,
            entries: head.position,
            signed_at: last.at,
            key: last.key,
        })
    }
}
