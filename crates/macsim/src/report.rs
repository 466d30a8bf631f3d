//! The truth about a Mac, as only its maker can know it. Tests compare with this, never with a tool's word.

use serde::{Deserialize, Serialize};

use crate::model::effects::Effects;
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::preboot::PrebootUser;
use crate::model::start_up::StartUp;
use crate::model::user::User;
use crate::model::volume::FileSystem;

/// What an account's token is really worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrueToken {
    /// No label and no crypto user.
    Absent,
    /// Label and crypto user, and the account's password opens the disk.
    Usable,
    /// Label and crypto user, but the disk knows another password: says ENABLED, unlocks nothing.
    Dead,
    /// A label without a crypto user.
    LabelOnly,
    /// A crypto user without the label.
    KeyOnly,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountReport {
    /// Record name.
    pub name: String,
    /// Full name.
    pub real_name: String,
    /// GUID.
    pub guid: String,
    /// `UniqueID`.
    pub uid: i64,
    /// Administrator.
    pub admin: bool,
    /// What `-secureTokenStatus` would say.
    pub label: bool,
    /// What is behind it.
    pub token: TrueToken,
}

/// One crypto user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CryptoUserReport {
    /// UUID.
    pub uuid: String,
    /// What `diskutil` calls it.
    pub kind: String,
    /// The account it belongs to, if there still is one.
    pub account: Option<String>,
}

/// Everything worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// macOS version.
    pub os: String,
    /// Kind of Mac.
    pub chip: Chip,
    /// Serial number.
    pub serial: String,
    /// Hardware UUID.
    pub hardware_uuid: String,
    /// Format of the start-up volume.
    pub file_system: FileSystem,
    /// FileVault is on.
    pub filevault: bool,
    /// What the firmware lets start, and what the started system protects.
    pub start_up: StartUp,
    /// An MDM manages it.
    pub managed: bool,
    /// recoveryOS asks for a password of the MDM's.
    pub recovery_lock: bool,
    /// People's accounts.
    pub accounts: Vec<AccountReport>,
    /// Who can open the disk.
    pub crypto_users: Vec<CryptoUserReport>,
    /// The login list before the disk is open.
    pub preboot: Vec<PrebootUser>,
    /// What has happened.
    pub effects: Effects,
}

/// Reports on a Mac.
#[must_use]
pub fn report(mac: &Mac) -> Report {
    let accounts = mac
        .directory
        .people()
        .map(|user| AccountReport {
            name: user.name().to_owned(),
            real_name: user.real_name().to_owned(),
            guid: user.guid().to_owned(),
            uid: user.uid(),
            admin: mac.directory.is_admin(user),
            label: user.has_token_label(),
            token: true_token(mac, user),
        })
        .collect();
    let crypto_users = mac
        .volume
        .crypto_users
        .iter()
        .map(|user| CryptoUserReport {
            uuid: user.uuid.clone(),
            kind: user.kind.text().to_owned(),
            account: mac
                .directory
                .user_by_guid(&user.uuid)
                .map(|user| user.name().to_owned()),
        })
        .collect();
    Report {
        os: mac.os.to_string(),
        chip: mac.hardware.chip,
        serial: mac.hardware.serial.clone(),
        hardware_uuid: mac.hardware.uuid.clone(),
        file_system: mac.volume.file_system,
        filevault: mac.filevault.is_on(),
        start_up: mac.start_up.clone(),
        managed: mac.mdm.enrolled,
        recovery_lock: mac.mdm.recovery_lock,
        accounts,
        crypto_users,
        preboot: mac.preboot.clone(),
        effects: mac.effects.clone(),
    }
}

/// What an account's token is really worth.
#[must_use]
pub fn true_token(mac: &Mac, user: &User) -> TrueToken {
    match (
        user.has_token_label(),
        mac.volume.crypto_user(user.guid()).is_some(),
    ) {
        (false, false) => TrueToken::Absent,
        (true, false) => TrueToken::LabelOnly,
        (false, true) => TrueToken::KeyOnly,
        (true, true) if mac.disk_knows_the_password(user) => TrueToken::Usable,
        (true, true) => TrueToken::Dead,
    }
}
