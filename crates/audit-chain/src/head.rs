//! Where a chain stands.

use sha2::{Digest as _, Sha256};
use trust::id::OrganizationId;

use crate::{Entry, Hex};

/// SHA-256.
pub type Hash = Hex<32>;

/// Where a chain stands: behind how many entries, and the hash that covers them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many entries.
    pub position: u64,
    /// The hash of the last one, which covers the one before it, and so on.
    pub hash: Hash,
}

impl Head {
    /// The beginning of an organisation's chain, before its first entry.
    pub fn beginning(organization_id: OrganizationId) -> Self {
        let digest = Sha256::new()
            .chain_update("bestow audit chain\0")
            .chain_update(organization_id.to_string());
        Self {
            position: 0,
            hash: Hex(digest.finalize().into()),
        }
    }

    /// Where the chain stands behind a further entry.
    ///
    /// # Errors
    /// When the entry cannot be written as canonical JSON (RFC 8785).
    pub fn next(&self, entry: &Entry) -> Result<Self, serde_json::Error> {
        let canonical = serde_json_canonicalizer::to_vec(entry)?;
        let digest = Sha256::new()
            .chain_update("bestow audit entry\0")
            .chain_update(self.hash.0)
            .chain_update(canonical);
        Ok(Self {
            position: self.position + 1,
            hash: Hex(digest.finalize().into()),
        })
    }
}
