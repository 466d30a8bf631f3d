//! Where each organisation's chain stood when this server signed it last: a file beside the key. Whoever can write the database
//! alone cannot write it, so a past that was written anew there is noticed before it is signed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use audit_chain::{Hash, Head};
use serde::{Deserialize, Serialize};
use trust::id::OrganizationId;

use crate::vault::VaultError;
use crate::vault::key_file;

/// Where a chain stood.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stood {
    position: u64,
    hash: Hash,
}

/// The file.
pub(crate) struct LastSigned {
    file: PathBuf,
    writing: Mutex<()>,
}

impl LastSigned {
    /// The file that belongs to the key in `key_file`.
    pub(crate) fn beside(key_file: &Path) -> Self {
        Self {
            file: key_file.with_added_extension("signed"),
            writing: Mutex::new(()),
        }
    }

    /// Where it lies.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Where the chain of an organisation stood.
    pub(crate) fn of(&self, organization_id: OrganizationId) -> Result<Option<Head>, VaultError> {
        let stood = self.read()?.remove(&organization_id);
        Ok(stood.map(|Stood { position, hash }| Head { position, hash }))
    }

    /// Notes where the chain of an organisation stands, unless it is known to have stood further on.
    pub(crate) fn keep(&self, organization_id: OrganizationId, head: Head) -> Result<(), VaultError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = self.read()?;
        if all
            .get(&organization_id)
            .is_some_and(|stood| stood.position >= head.position)
        {
            return Ok(());
        }
        let Head { position, hash } = head;
        all.insert(organization_id, Stood { position, hash });
        let json = serde_json::to_vec(&all).map_err(|_| self.not_ours())?;
        key_file::replace(&self.file, &json)
    }

    fn read(&self) -> Result<BTreeMap<OrganizationId, Stood>, VaultError> {
        match key_file::read(&self.file)? {
            Some(json) => serde_json::from_slice(&json).map_err(|_| self.not_ours()),
            None => Ok(BTreeMap::new()),
        }
    }

    fn not_ours(&self) -> VaultError {
        VaultError::NotWhereSigned(self.file.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Entropy;
    use crate::testing::SeededRng;
    use trust::time::Timestamp;

    #[test]
    fn what_was_signed_is_known_afterwards_and_never_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("audit.key");
        let entropy = Entropy::from_rng(SeededRng::new(1));
        let one: OrganizationId = entropy.id(Timestamp(1));
        let other: OrganizationId = entropy.id(Timestamp(2));
        let head = |position| Head {
            position,
            ..Head::beginning(one)
        };
        let signed = LastSigned::beside(&file);
        assert_eq!(signed.of(one).unwrap(), None);
        signed.keep(one, head(5)).unwrap();
        signed.keep(other, head(2)).unwrap();
        signed.keep(one, head(4)).unwrap();
        let again = LastSigned::beside(&file);
        assert_eq!(again.of(one).unwrap(), Some(head(5)));
        assert_eq!(again.of(other).unwrap(), Some(head(2)));
    }

    #[test]
    fn a_file_that_says_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let signed = LastSigned::beside(&folder.path().join("audit.key"));
        key_file::write_new(signed.file(), b"{\"x\":1}").unwrap();
        let one = Entropy::from_rng(SeededRng::new(1)).id(Timestamp(1));
        assert!(matches!(signed.of(one), Err(VaultError::NotWhereSigned(_))));
    }
}
