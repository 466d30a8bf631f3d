//! Kept secrets that only the organisation's offline key opens: the server keeps them and cannot read them.
//!
//! The secret is sealed to the key before it is kept, and bound to the Mac, the kind and the message that brought it. Whoever holds the
//! key opens an [`Export`] on a machine without a network.

use rand_core::CryptoRng;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use trust::escrow::EscrowKind;
use trust::id::{EscrowMessageId, OrganizationId};

use crate::encoding::Bytes;
use crate::seal::{SealError, Sealed, SealingPrivateKey, SealingPublicKey, seal};

/// What a secret belongs to. Its seal opens for nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belonging {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The Mac's serial number.
    pub serial_number: String,
    /// What is kept.
    pub kind: EscrowKind,
    /// The message that brought it.
    pub message_id: EscrowMessageId,
}

impl Belonging {
    fn associated_data(&self) -> Vec<u8> {
        // The serial number stands last: it alone has no fixed length and may hold anything.
        format!(
            "bestow offline\0{}\0{}\0{}\0{}",
            self.organization_id,
            self.message_id,
            self.kind.word(),
            self.serial_number
        )
        .into_bytes()
    }
}

/// A secret, sealed to the offline key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineSealed {
    /// The key that it is sealed to.
    pub offline_key: SealingPublicKey,
    /// Hash of what it belongs to and of the secret, by which the same secret is known again. A recovery key is drawn from 120
    /// bits, so that nobody finds it by trying; what people choose must not be kept so.
    pub digest: Bytes,
    /// The seal.
    pub sealed: Sealed,
}

impl OfflineSealed {
    /// Seals a secret.
    ///
    /// # Errors
    /// When the key is none, or the secret is too long.
    pub fn seal(
        offline_key: &SealingPublicKey,
        secret: &SecretString,
        belonging: &Belonging,
        random: &mut impl CryptoRng,
    ) -> Result<Self, SealError> {
        Ok(Self {
            offline_key: offline_key.clone(),
            digest: digest(belonging, secret),
            sealed: seal(offline_key, secret, &belonging.associated_data(), random)?,
        })
    }

    /// Whether it is this secret, of the same Mac.
    pub fn is(&self, belonging: &Belonging, secret: &SecretString) -> bool {
        self.digest == digest(belonging, secret)
    }
}

/// One kept secret as it leaves the server, to be opened elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// What it belongs to.
    #[serde(flatten)]
    pub belonging: Belonging,
    /// Its number in the Mac's line.
    pub version: u32,
    /// The secret.
    pub secret: OfflineSealed,
}

impl Export {
    /// Opens it.
    ///
    /// # Errors
    /// When it was sealed to another key, or changed.
    pub fn open(&self, offline_key: &SealingPrivateKey) -> Result<SecretString, SealError> {
        offline_key.open(&self.secret.sealed, &self.belonging.associated_data())
    }
}

/// The message is left out: the same secret may come by another.
fn digest(belonging: &Belonging, secret: &SecretString) -> Bytes {
    let place = format!(
        "bestow same secret\0{}\0{}\0{}\0",
        belonging.organization_id,
        belonging.kind.word(),
        belonging.serial_number
    );
    let hash = Sha256::new()
        .chain_update(place)
        .chain_update(b"\0")
        .chain_update(secret.expose_secret())
        .finalize();
    Bytes(hash.to_vec())
}
