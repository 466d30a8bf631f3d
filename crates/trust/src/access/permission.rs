//! What an operation can need.

use serde::{Deserialize, Serialize};

/// What an operation can need of whoever asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See devices, accounts, findings, actions, plans, enrolment data without its secrets, and policies.
    Read,
    /// See the audit log, and who may sign in.
    ReadAudit,
    /// Ask something of one device, call it back, and say who sees to it.
    Act,
    /// Ask something of many devices at once.
    ActOnMany,
    /// Let devices in, forget them, and say who uses which.
    Enrol,
    /// Decide what holds for all devices.
    SetPolicies,
    /// See a secret that is kept for a device.
    Reveal,
    /// Keep what the vault has of a device from being destroyed, or let go of it.
    LegalHold,
    /// Say who may sign in, as what, and which programs may ask.
    ManagePeople,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::ReadAudit,
        Self::Act,
        Self::ActOnMany,
        Self::Enrol,
        Self::SetPolicies,
        Self::Reveal,
        Self::LegalHold,
        Self::ManagePeople,
    ];

    /// The permission's word, as the API has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadAudit => "read_audit",
            Self::Act => "act",
            Self::ActOnMany => "act_on_many",
            Self::Enrol => "enrol",
            Self::SetPolicies => "set_policies",
            Self::Reveal => "reveal",
            Self::LegalHold => "legal_hold",
            Self::ManagePeople => "manage_people",
        }
    }

    /// The permission of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.word() == word)
    }

    /// What it allows, in words that read on from "may".
    pub fn allows(self) -> &'static str {
        match self {
            Self::Read => "see devices and what was asked of them",
            Self::ReadAudit => "see the audit log and who may sign in",
            Self::Act => "ask something of a Mac",
            Self::ActOnMany => "ask something of many Macs at once",
            Self::Enrol => "let Macs in, forget them, and say who uses them",
            Self::SetPolicies => "change policies",
            Self::Reveal => "see a secret that is kept for a Mac",
            Self::LegalHold => "set a legal hold on what is kept of a Mac, or lift it",
            Self::ManagePeople => "say who may sign in",
        }
    }
}
