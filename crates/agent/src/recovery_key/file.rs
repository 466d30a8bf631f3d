//! The recovery key as macOS leaves it for an escrow profile: encrypted to the profile's certificate, so that the agent cannot
//! read it, and sends it as it is.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::perform::Tools;

/// Real ones have half a kilobyte.
const LONGEST: u64 = 64 * 1024;

/// Puts what the file holds where it is sent from, once for each content and key of the vault.
///
/// # Errors
/// When that could not be kept.
pub(super) fn escrow(tools: Tools<'_>) -> io::Result<()> {
    let keeper = &tools.custody.recovery_key;
    let memory = keeper.remembered();
    let Some(vault) = memory.vault else {
        return Ok(());
    };
    let Some(cms) = keeper.file.as_deref().and_then(read) else {
        return Ok(());
    };
    let content = Sha256::new()
        .chain_update(&vault.terms.vault_key.0.0)
        .chain_update(&cms)
        .finalize();
    let content: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
    if memory.file_sent.as_ref() == Some(&content) {
        return Ok(());
    }
    tools.custody.tell_file(cms, content)
}

/// What the file holds; `None` when there is none, or nothing that macOS would have left.
fn read(path: &Path) -> Option<Vec<u8>> {
    let mut cms = Vec::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST + 1).read_to_end(&mut cms).ok()?;
    (!cms.is_empty() && cms.len() as u64 <= LONGEST).then_some(cms)
}
