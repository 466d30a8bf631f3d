//! What was proved of which account, kept over restarts.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use trust::observation::{Account, TokenProof};

use crate::durable;

/// The last proof of each account, by GUID.
#[derive(Debug)]
pub(super) struct Proofs {
    file: Option<PathBuf>,
    by_guid: BTreeMap<String, TokenProof>,
}

impl Proofs {
    pub(super) fn open(file: &Path) -> io::Result<Self> {
        let by_guid = durable::read_json(file)?.unwrap_or_default();
        Ok(Self {
            file: Some(file.to_path_buf()),
            by_guid,
        })
    }

    pub(super) fn in_memory() -> Self {
        Self {
            file: None,
            by_guid: BTreeMap::new(),
        }
    }

    pub(super) fn remember(&mut self, guid: &str, proof: TokenProof) {
        self.by_guid.insert(guid.to_owned(), proof);
        if let Some(file) = &self.file
            && let Err(error) = durable::write_json(file, &self.by_guid)
        {
            // The proof holds for this run; after a restart the token counts as unverified, which is safe.
            tracing::warn!(%error, "the proof could not be kept");
        }
    }

    pub(super) fn attach(&self, accounts: &mut [Account]) {
        for account in accounts {
            account.token_proof = self.by_guid.get(&account.guid).copied();
        }
    }
}
