//! A line of an export.

use serde::{Deserialize, Serialize};
use trust::id::OrganizationId;

use crate::{Checkpoint, Entry, Hash};

/// A line of an export, as JSON. The first is a [`Line::Chain`]; the last a [`Line::Checkpoint`] of all that stands above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Line {
    /// Whose chain follows.
    Chain {
        /// Whose.
        organization_id: OrganizationId,
    },
    /// The next entry.
    Entry {
        /// Its place in the chain, from 1.
        position: u64,
        /// Its hash.
        hash: Hash,
        /// What it says.
        entry: Entry,
    },
    /// A signature on everything above it.
    Checkpoint(Checkpoint),
}
