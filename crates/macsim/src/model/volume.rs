//! The start-up volume: its file system, its devices and who can open it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::crypto_user::{CryptoUser, CryptoUserKind};
use super::hardware::Chip;
use super::os::OsVersion;
use super::random::Random;
use super::wrapped_key::VolumeKey;

/// The format of the start-up volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileSystem {
    /// APFS: the only one with Secure Tokens.
    Apfs,
    /// HFS+ without CoreStorage: cannot be encrypted.
    Hfs,
    /// HFS+ on CoreStorage: FileVault without tokens.
    CoreStorage,
}

/// The text names no file system.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not one of apfs, hfs, corestorage")]
pub struct NotAFileSystem(String);

impl FromStr for FileSystem {
    type Err = NotAFileSystem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "apfs" => Ok(Self::Apfs),
            "hfs" => Ok(Self::Hfs),
            "corestorage" | "core-storage" => Ok(Self::CoreStorage),
            _ => Err(NotAFileSystem(text.to_owned())),
        }
    }
}

/// The start-up volume.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// Format.
    pub file_system: FileSystem,
    /// Name shown in Finder.
    pub name: String,
    /// What is mounted at `/`, for example `disk3s1s1`.
    pub root_device: String,
    /// The system volume below a snapshot, for example `disk3s1`.
    pub system_device: String,
    /// The data volume, for example `disk3s5`.
    pub data_device: String,
    /// The pre-boot volume.
    pub preboot_device: String,
    /// The APFS container's device.
    pub container: String,
    /// The APFS container's UUID.
    pub container_uuid: String,
    /// UUID of the system volume.
    pub uuid: String,
    /// UUID of the data volume.
    pub data_uuid: String,
    /// UUID of the volume group.
    pub group_uuid: String,
    /// The key, as long as nobody's password guards it: the hardware alone holds it and will hand it to
    /// the first account. Once that happened it exists only inside the crypto users.
    pub unclaimed_key: Option<VolumeKey>,
    /// Crypto users in the order they were added.
    pub crypto_users: Vec<CryptoUser>,
}

impl Volume {
    /// An untouched start-up volume as this macOS lays it out on this kind of Mac.
    pub fn draw(file_system: FileSystem, os: OsVersion, chip: Chip, random: &mut Random) -> Self {
        let container = if chip == Chip::AppleSilicon {
            "disk3"
        } else {
            "disk1"
        };
        let (root, system, data) = match (file_system, os.major, chip) {
            (FileSystem::Hfs | FileSystem::CoreStorage, _, _) => {
                ("disk1".to_owned(), "disk0s2".to_owned(), "disk0s2".to_owned())
            }
            (_, 10, _) if os < OsVersion::new(10, 15) => same(format!("{container}s1")),
            (_, 10, _) => (
                format!("{container}s5"),
                format!("{container}s5"),
                format!("{container}s1"),
            ),
            (_, _, Chip::AppleSilicon) => (
                format!("{container}s1s1"),
                format!("{container}s1"),
                format!("{container}s5"),
            ),
            _ => (
                format!("{container}s5s1"),
                format!("{container}s5"),
                format!("{container}s1"),
            ),
        };
        Self {
            file_system,
            name: "Macintosh HD".to_owned(),
            root_device: root,
            system_device: system,
            data_device: data,
            preboot_device: format!("{container}s2"),
            container: container.to_owned(),
            container_uuid: random.uuid(),
            uuid: random.uuid(),
            data_uuid: random.uuid(),
            group_uuid: random.uuid(),
            unclaimed_key: Some(VolumeKey::draw(random)),
            crypto_users: Vec::new(),
        }
    }

    /// The crypto user with this UUID.
    #[must_use]
    pub fn crypto_user(&self, uuid: &str) -> Option<&CryptoUser> {
        self.crypto_users.iter().find(|user| user.uuid == uuid)
    }

    /// The volume key, if this crypto user exists and this is its disk password.
    #[must_use]
    pub fn unlock(&self, uuid: &str, passphrase: &str) -> Option<VolumeKey> {
        self.crypto_user(uuid)?.key.unwrap(passphrase)
    }

    /// Gives a crypto user its own wrapping of `key`, replacing an older one.
    pub fn admit(
        &mut self,
        uuid: &str,
        kind: CryptoUserKind,
        key: VolumeKey,
        passphrase: &str,
        random: &mut Random,
    ) {
        self.unclaimed_key = None;
        let wrapped = key.wrap(passphrase, random);
        match self.crypto_users.iter_mut().find(|user| user.uuid == uuid) {
            Some(user) => user.key = wrapped,
            None => {
                self.crypto_users.push(CryptoUser {
                    uuid: uuid.to_owned(),
                    kind,
                    key: wrapped,
                    volume_owner: true,
                });
            }
        }
    }

    /// Removes a crypto user; false if there was none.
    pub fn expel(&mut self, uuid: &str) -> bool {
        let before = self.crypto_users.len();
        self.crypto_users.retain(|user| user.uuid != uuid);
        self.crypto_users.len() < before
    }

    /// Crypto users that stand for accounts.
    pub fn account_crypto_users(&self) -> impl Iterator<Item = &CryptoUser> {
        self.crypto_users
            .iter()
            .filter(|user| user.kind == CryptoUserKind::LocalOpenDirectory)
    }
}

fn same(device: String) -> (String, String, String) {
    (device.clone(), device.clone(), device)
}
