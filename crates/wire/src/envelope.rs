//! An action as it is addressed to one device.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use trust::action::{Action, SecretRole};
use trust::id::{ActionId, DeviceId, OrganizationId};
use trust::time::Timestamp;

use crate::collected::CollectedRef;

/// The version of the canonical form. A change of it makes every older seal refuse to open.
pub const VERSION: u32 = 1;

/// Everything about an action that is not secret.
///
/// Its [canonical bytes](Self::canonical_bytes) are what a seal is bound to: whoever changes the target, the device, the
/// action's id or its time limit holds a password that no longer opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// [`VERSION`].
    pub version: u32,
    /// The action's id.
    pub id: ActionId,
    /// The organisation that owns the device.
    pub organization_id: OrganizationId,
    /// The device it is meant for.
    pub device_id: DeviceId,
    /// No agent begins it after this.
    pub not_after: Timestamp,
    /// What is asked.
    pub action: Action,
    /// The roles that collected secrets play in it, each with the one that is meant. Where there are none, the canonical
    /// form does not have the field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub collected: BTreeMap<SecretRole, CollectedRef>,
}

impl Envelope {
    /// The envelope in canonical JSON (RFC 8785).
    pub fn canonical_bytes(&self) -> Vec<u8> {
        // Strings, integers and maps of them always have a canonical form.
        serde_json_canonicalizer::to_vec(self).unwrap_or_default()
    }

    /// What the secret that plays `role` is bound to: to this envelope and the role, or, where the envelope says that a
    /// collected secret plays it, to that one's collecting.
    pub fn associated_data(&self, role: SecretRole) -> Vec<u8> {
        if let Some(collected) = self.collected.get(&role) {
            return collected.associated_data(self.organization_id, self.device_id);
        }
        let digest = Sha256::digest(self.canonical_bytes());
        [
            b"bestow action secret\0".as_slice(),
            role.word().as_bytes(),
            b"\0",
            &digest,
        ]
        .concat()
    }
}
