//! A signature on where a chain stands.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use trust::id::OrganizationId;
use trust::time::Timestamp;
use zeroize::Zeroizing;

use crate::{Hash, Head, Hex};

/// That an organisation's chain stood there at that time, with the server's signature (Ed25519).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Whose chain.
    pub organization_id: OrganizationId,
    /// Behind how many entries.
    pub position: u64,
    /// The hash of the last of them.
    pub hash: Hash,
    /// When it was signed.
    pub at: Timestamp,
    /// The public key by which the signature is checked.
    pub key: Hex<32>,
    /// The signature.
    pub signature: Hex<64>,
}

impl Checkpoint {
    /// Where it says that the chain stands.
    pub fn head(&self) -> Head {
        Head {
            position: self.position,
            hash: self.hash,
        }
    }

    /// Whether its key has signed it.
    pub fn is_signed(&self) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.key.0) else {
            return false;
        };
        let message = message(self.organization_id, self.head(), self.at);
        let signature = Signature::from_bytes(&self.signature.0);
        key.verify_strict(&message, &signature).is_ok()
    }
}

/// What is signed. Each part has a fixed length or an end of its own.
fn message(organization_id: OrganizationId, head: Head, at: Timestamp) -> Vec<u8> {
    let (position, hash, at) = (head.position, head.hash, at.as_millis());
    format!("bestow audit checkpoint\0{organization_id}\0{position}\0{hash}\0{at}").into_bytes()
}

/// The server's key for checkpoints.
pub struct Signer(SigningKey);

impl Signer {
    /// The key that these bytes are.
    pub fn from_bytes(bytes: &Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The public half.
    pub fn key(&self) -> Hex<32> {
        Hex(self.0.verifying_key().to_bytes())
    }

    /// Signs that the chain stands there.
    pub fn sign(&self, organization_id: OrganizationId, head: Head, at: Timestamp) -> Checkpoint {
        let signature = self.0.sign(&message(organization_id, head, at));
        Checkpoint {
            organization_id,
            position: head.position,
            hash: head.hash,
            at,
            key: self.key(),
            signature: Hex(signature.to_bytes()),
        }
    }
}
