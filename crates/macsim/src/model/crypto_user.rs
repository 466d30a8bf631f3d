//! Who can open the volume: the crypto users of APFS (and the FileVault users of CoreStorage).

use serde::{Deserialize, Serialize};

use super::wrapped_key::WrappedKey;

/// UUID of the personal recovery key.
pub const PERSONAL_RECOVERY: &str = "EBC6C064-0000-11AA-AA11-00306543ECAC";
/// UUID of the institutional recovery key's user.
pub const INSTITUTIONAL_RECOVERY: &str = "2FA31400-BAFF-4DE7-AE2A-C3AA6E1FD340";
/// UUID of the bootstrap token.
pub const BOOTSTRAP_TOKEN: &str = "2457711A-523C-4604-B75A-F48A571D5036";
/// UUID of the iCloud recovery user.
pub const ICLOUD_USER: &str = "EC1C2AD9-B618-4ED6-BD8D-50F361C27507";
/// UUID of the iCloud recovery key, a record that goes with the user.
pub const ICLOUD_KEY: &str = "64C0C6EB-0000-11AA-AA11-00306543ECAC";

/// What a crypto user stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CryptoUserKind {
    /// An account of the Mac, by its GUID.
    LocalOpenDirectory,
    /// The personal recovery key.
    PersonalRecovery,
    /// An institutional recovery key.
    InstitutionalRecovery,
    /// The bootstrap token held by the MDM.
    MdmRecovery,
    /// The iCloud recovery user.
    ICloudRecoveryUser,
    /// The record beside it.
    ICloudRecoveryKey,
    /// The volume's own passphrase (external disks).
    Disk,
}

impl CryptoUserKind {
    /// What `diskutil apfs listCryptoUsers` calls it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::LocalOpenDirectory => "Local Open Directory User",
            Self::PersonalRecovery => "Personal Recovery User",
            Self::InstitutionalRecovery => "Institutional Recovery User",
            Self::MdmRecovery => "MDM Bootstrap Token External Key",
            Self::ICloudRecoveryUser => "iCloud Recovery User",
            Self::ICloudRecoveryKey => "iCloud Recovery External Key",
            Self::Disk => "Disk User",
        }
    }

    /// What the same command calls it with `-plist`.
    #[must_use]
    pub fn plist_text(self) -> &'static str {
        match self {
            Self::LocalOpenDirectory => "LocalOpenDirectory",
            Self::PersonalRecovery => "PersonalRecovery",
            Self::InstitutionalRecovery => "InstitutionalRecovery",
            Self::MdmRecovery => "MDMRecovery",
            Self::ICloudRecoveryUser => "iCloudRecovery",
            Self::ICloudRecoveryKey => "iCloudRecoveryExternalKey",
            Self::Disk => "Disk",
        }
    }
}

/// One crypto user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CryptoUser {
    /// The account's GUID, or one of the constants of this module.
    pub uuid: String,
    /// What it stands for.
    pub kind: CryptoUserKind,
    /// The volume key, openable with this user's disk password.
    pub key: WrappedKey,
    /// Whether it may approve updates and security policy (shown on Apple silicon only).
    pub volume_owner: bool,
}
