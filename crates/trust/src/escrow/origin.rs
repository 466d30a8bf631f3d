//! Where what is escrowed came from.

use serde::{Deserialize, Serialize};

/// Where an escrowed secret came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EscrowOrigin))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// macOS left it, encrypted, in the file of its escrow profile (`/var/db/FileVaultPRK.dat`).
    EscrowFile,
    /// The agent had macOS make another one.
    Rotation,
    /// macOS made it when FileVault was turned on.
    Enabling,
    /// A person typed it at the Mac.
    Typed,
    /// macOS made the bootstrap token.
    Created,
    /// The agent kept it on the Mac, and tells it again.
    KeptOnMac,
    /// A person entered it, as the one that the Mac has.
    Entered,
    /// A person entered it, as one that the Mac had before, or may still have.
    Legacy,
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 8] = [
        Self::EscrowFile,
        Self::Rotation,
        Self::Enabling,
        Self::Typed,
        Self::Created,
        Self::KeptOnMac,
        Self::Entered,
        Self::Legacy,
    ];

    /// The origin's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::EscrowFile => "escrow_file",
            Self::Rotation => "rotation",
            Self::Enabling => "enabling",
            Self::Typed => "typed",
            Self::Created => "created",
            Self::KeptOnMac => "kept_on_mac",
            Self::Entered => "entered",
            Self::Legacy => "legacy",
        }
    }

    /// The origin of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.word() == word)
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::EscrowFile => "found in the file of the Mac's escrow profile",
            Self::Rotation => "made by a rotation",
            Self::Enabling => "made when FileVault was turned on",
            Self::Typed => "typed at the Mac",
            Self::Created => "made by macOS",
            Self::KeptOnMac => "kept on the Mac, and told again",
            Self::Entered => "entered by a person",
            Self::Legacy => "entered as a former one",
        }
    }

    /// Whether nobody can have seen it before it was escrowed.
    pub fn is_fresh(self) -> bool {
        match self {
            Self::Rotation | Self::Enabling | Self::Created => true,
            Self::EscrowFile | Self::Typed | Self::KeptOnMac | Self::Entered | Self::Legacy => false,
        }
    }
}
