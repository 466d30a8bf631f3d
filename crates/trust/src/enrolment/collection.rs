//! A secret that was collected for wildcards, without the secret.

use serde::{Deserialize, Serialize};

use super::AttributeName;
use crate::code::Code;
use crate::id::CollectionId;
use crate::time::Timestamp;

/// A secret that was collected: what it is, since when it is there, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Collection {
    /// Which attribute's value it is.
    pub attribute: AttributeName,
    /// Identifies this collecting of it; a seal is bound to it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
    pub id: CollectionId,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// Whether it can be used.
    #[serde(flatten)]
    pub state: CollectionState,
}

/// Whether a collected secret can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CollectionState {
    /// It is sealed to the key that the Mac has.
    Ready,
    /// The Mac has no key yet; the secret waits, encrypted, and is destroyed when the Mac has not come by then.
    WaitsForMac {
        /// Until when it waits.
        until: Timestamp,
    },
    /// It waited too long and was destroyed.
    Expired,
    /// It is sealed to a key that the Mac no longer has.
    Stale,
}

impl CollectionState {
    /// Why the secret cannot be used; `None` when it can.
    pub fn refusal(self) -> Option<Code> {
        match self {
            Self::Ready => None,
            Self::Stale => Some(Code::CredentialStale),
            Self::WaitsForMac { .. } | Self::Expired => Some(Code::UnresolvedWildcard),
        }
    }
}
