//! The disk and who can open it.

use serde::{Deserialize, Serialize};

/// The volume that macOS starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BootVolume {
    /// Device node, such as `disk3s1s1`.
    pub device: String,
    /// How it is formatted.
    pub format: VolumeFormat,
}

/// How a volume is formatted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VolumeFormat {
    /// APFS, the only format that knows Secure Token.
    Apfs,
    /// Mac OS Extended on a plain partition.
    Hfs,
    /// Mac OS Extended on CoreStorage, as FileVault 2 encrypted it before APFS.
    CoreStorage,
    /// Something else, in the tool's own word.
    Other(String),
}

impl VolumeFormat {
    /// What people call it.
    pub fn label(&self) -> &str {
        match self {
            Self::Apfs => "APFS",
            Self::Hfs => "Mac OS Extended",
            Self::CoreStorage => "Mac OS Extended on CoreStorage",
            Self::Other(name) => name,
        }
    }
}

/// Whether the disk is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum FileVault {
    /// Off.
    Off,
    /// On.
    On,
    /// On its way to on.
    Encrypting {
        /// How far, in per cent, where macOS says so.
        percent: Option<u8>,
    },
    /// On its way to off.
    Decrypting {
        /// How far, in per cent, where macOS says so.
        percent: Option<u8>,
    },
    /// Off, and will be turned on at a restart or a login.
    Deferred,
}

impl FileVault {
    /// The state in a few words, without how far it has come.
    pub fn label(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::Encrypting { .. } => "encrypting",
            Self::Decrypting { .. } => "decrypting",
            Self::Deferred => "off, turned on at the next restart or login",
        }
    }

    /// Whether a password is needed before macOS starts.
    pub fn locks_the_disk(self) -> bool {
        matches!(self, Self::On | Self::Encrypting { .. })
    }
}

/// A record on the volume that can unlock it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CryptoUser {
    /// Its UUID, upper case: the account's GUID for local accounts.
    pub uuid: String,
    /// What it stands for.
    pub kind: CryptoUserKind,
    /// Whether it owns the volume (Apple silicon); `None` where macOS does not say.
    pub volume_owner: Option<bool>,
}

/// What a crypto user stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CryptoUserKind {
    /// An account of this Mac.
    LocalAccount,
    /// The personal recovery key.
    PersonalRecovery,
    /// The institutional recovery key.
    InstitutionalRecovery,
    /// The bootstrap token.
    BootstrapToken,
    /// Recovery through iCloud.
    ICloudRecovery,
    /// A plain disk password.
    Disk,
    /// Something else, in the tool's own word.
    Other(String),
}
