//! What agents tell the vault, and what the vault tells them. A secret is sealed to the vault's key, bound to the device, the
//! kind and the one message that carries it. The agent keeps a message, sealed, until it is acknowledged, and may send it
//! again; the same message is taken once.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `GET /agent/v1/escrow` | – | [`EscrowTerms`] |
//! | `POST /agent/v1/escrow` | [`Escrow`] | [`Escrowed`] |
//! | `GET /agent/v1/escrow/key` | – | [`KeptKey`] |
//!
//! An agent asks for the terms when [`CheckedIn::escrow_digest`](crate::agent_api::CheckedIn) is another than that of the terms
//! it goes by.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use trust::escrow::{EscrowKind, Origin, State};
use trust::id::{DeviceId, EscrowMessageId, OrganizationId};
use trust::local_administrator::Settings;
use trust::time::Timestamp;

use crate::encoding::Bytes;
use crate::seal::{Sealed, SealingPublicKey};

/// How an agent escrows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscrowTerms {
    /// The key that secrets are sealed to. What was sealed to another one is refused with `escrow_not_opened`;
    /// the agent, which cannot read it either, tells [`Told::KeyUnknown`] then.
    pub vault_key: SealingPublicKey,
    /// What the vault knows of this Mac's recovery key.
    pub recovery_key: RecoveryKeyTerms,
    /// The local administrator that the Mac is to have; `None` where the organisation wants none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_administrator: Option<LocalAdministratorTerms>,
}

impl EscrowTerms {
    /// Fingerprint of the terms: the first 16 bytes of the SHA-256 of their JSON, in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let digest = Sha256::digest(&json);
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the vault knows of a Mac's recovery key, as far as its agent acts by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryKeyTerms {
    /// Where the line of versions has come to.
    pub state: State,
    /// The version that is the Mac's, as far as is known.
    pub version: Option<u32>,
    /// Another key is wanted from this time of the server's clock on, because somebody knows this one, has used it, or because it
    /// has been the Mac's for as long as the organisation wants. A rotation begins
    /// only where [`trust::escrow::rotation::may_begin`] says so.
    pub rotate_after: Option<Timestamp>,
    /// The current version is to be tried on the Mac from this time of the server's clock on: `GET /agent/v1/escrow/key` tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prove_after: Option<Timestamp>,
}

/// What the local administrator of a Mac is to be like, and what the vault knows of its password, as far as the agent acts by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalAdministratorTerms {
    /// What it is to be like.
    pub settings: Settings,
    /// The version that is in force, as far as is known. One that is older than what the vault has acknowledged is that of a vault
    /// which was put back to an older copy.
    pub version: Option<u32>,
    /// Another password is wanted from this time of the server's clock on, because somebody has seen this one, used it, or asked.
    pub rotate_after: Option<Timestamp>,
}

/// One message of an agent to the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escrow {
    /// Its id, made by the agent. A message that is sent again keeps it.
    pub id: EscrowMessageId,
    /// What it is about.
    pub kind: EscrowKind,
    /// What it tells.
    pub told: Told,
}

/// What a message tells the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tells", rename_all = "snake_case")]
pub enum Told {
    /// The Mac's secret.
    Secret {
        /// The secret, sealed to [`EscrowTerms::vault_key`] and bound to [`Escrow::associated_data`].
        sealed: Sealed,
        /// Where it came from.
        origin: Origin,
        /// When it was tried on the Mac and opened the disk; `None` when it was not tried.
        proved_at: Option<Timestamp>,
    },
    /// The Mac's recovery key as macOS left it in `/var/db/FileVaultPRK.dat`: CMS EnvelopedData (RFC 5652) in DER, encrypted to
    /// the certificate of the escrow profile. The agent cannot read it.
    EscrowFile {
        /// The file's bytes.
        cms: Bytes,
    },
    /// A version was tried on the Mac, and opens the disk.
    Proved {
        /// Which.
        version: u32,
        /// When.
        at: Timestamp,
    },
    /// A version was tried on the Mac, and does not open the disk.
    Disproved {
        /// Which.
        version: u32,
        /// When.
        at: Timestamp,
    },
    /// It was used: the Mac's disk was opened with its recovery key, or its local administrator has logged in.
    Used {
        /// When that was seen.
        at: Timestamp,
    },
    /// macOS has made a key whose words were lost: the agent began a rotation, and no key that is known opens the disk.
    KeyUnknown,
    /// The Mac has none any more.
    Emptied,
}

impl Escrow {
    /// What the seal of a message's secret is bound to.
    pub fn associated_data(
        organization_id: OrganizationId,
        device_id: DeviceId,
        kind: EscrowKind,
        id: EscrowMessageId,
    ) -> Vec<u8> {
        // Ids have a fixed length and a kind's word holds no NUL: no two such texts are the same.
        format!(
            "bestow escrow\0{organization_id}\0{device_id}\0{}\0{id}",
            kind.word()
        )
        .into_bytes()
    }
}

/// The current version of a Mac's recovery key, on its way back to the Mac that escrowed it, to be tried there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptKey {
    /// Which version it is.
    pub version: u32,
    /// The key, sealed to the device and bound to [`KeptKey::associated_data`].
    pub sealed: Sealed,
}

impl KeptKey {
    /// What the seal is bound to.
    pub fn associated_data(organization_id: OrganizationId, device_id: DeviceId, version: u32) -> Vec<u8> {
        format!("bestow kept key\0{organization_id}\0{device_id}\0{version}").into_bytes()
    }
}

/// The vault has kept a message. The agent may forget all but the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escrowed {
    /// The version that the message made, found again, or was about; `None` when it was about none.
    pub version: Option<u32>,
    /// The server's clock.
    pub server_time: Timestamp,
}
