//! Secrets that were collected for wildcards, before anybody knew for which action.
//!
//! Such a secret is sealed to the device's key like any other, but for a purpose of its own: it is bound to the
//! organisation, the device, the attribute and the one collecting that it came from. It opens where an
//! [`Envelope`](crate::envelope::Envelope) says that this very collecting plays a role, and an action's own secret never
//! opens there, nor this one where the envelope says nothing of it.

use serde::{Deserialize, Serialize};
use trust::enrolment::{AttributeName, SerialNumber};
use trust::id::{CollectionId, DeviceId, OrganizationId};

/// Names one collecting of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectedRef {
    /// The attribute whose value it is.
    pub attribute: AttributeName,
    /// Which collecting of it.
    pub collection_id: CollectionId,
}

impl CollectedRef {
    /// What the seal of this secret is bound to on this device.
    pub fn associated_data(&self, organization_id: OrganizationId, device_id: DeviceId) -> Vec<u8> {
        // Ids have a fixed length, and an attribute's name holds no NUL: no two such texts are the same.
        format!(
            "bestow collected secret\0{organization_id}\0{device_id}\0{}\0{}",
            self.attribute, self.collection_id
        )
        .into_bytes()
    }

    /// What the seal of this secret is bound to while it waits under the vault's key for the Mac of a serial number.
    pub fn associated_data_in_vault(
        &self,
        organization_id: OrganizationId,
        serial_number: &SerialNumber,
    ) -> Vec<u8> {
        format!(
            "bestow waiting secret\0{organization_id}\0{serial_number}\0{}\0{}",
            self.attribute, self.collection_id
        )
        .into_bytes()
    }
}
