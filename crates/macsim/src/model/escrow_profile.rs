//! A configuration profile that has macOS escrow recovery keys.

use serde::{Deserialize, Serialize};

/// What such a profile has left on the Mac. There is at most one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscrowProfile {
    /// `PayloadIdentifier`: a profile of the same one replaces it.
    pub identifier: String,
    /// `PayloadUUID`.
    pub uuid: String,
    /// `PayloadDisplayName`.
    pub name: String,
    /// The payloads in it, in their order: type and identifier.
    pub payloads: Vec<(String, String)>,
    /// What people are told of where their key is kept.
    pub location: String,
    /// The certificate that keys are encrypted to, in DER and base64.
    pub certificate: String,
}
