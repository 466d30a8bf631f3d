//! The boot volume and the volumes beside it.

use plist::Dictionary;

use super::unreadable;
use crate::xml_plist::{dictionaries, read_dictionary, text, truth};
use crate::{Call, Error, Runner, Tool};

/// What `diskutil info -plist /` says of the boot volume. Any field can be missing on some system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BootVolume {
    /// The file system, such as `apfs` or `hfs`.
    pub filesystem: Option<String>,
    /// The device, such as `disk3s1s1`: a snapshot on sealed systems.
    pub device: Option<String>,
    /// The volume's UUID.
    pub volume_uuid: Option<String>,
    /// The UUID of the group of system and data volume.
    pub group_uuid: Option<String>,
    /// The name that people see.
    pub name: Option<String>,
    /// Whether the volume is encrypted.
    pub encrypted: Option<bool>,
    /// Whether FileVault is on.
    pub filevault: Option<bool>,
    /// Whether the volume is locked.
    pub locked: Option<bool>,
    /// Whether it is a logical volume of CoreStorage.
    pub core_storage: bool,
}

/// One volume of `diskutil apfs list -plist`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApfsVolume {
    /// The container's UUID.
    pub container_uuid: Option<String>,
    /// The device, such as `disk1s2`.
    pub device: Option<String>,
    /// The volume's UUID.
    pub volume_uuid: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The roles, such as `System`, `Data`, `Preboot`.
    pub roles: Vec<String>,
    /// Whether the volume is encrypted.
    pub encrypted: Option<bool>,
    /// Whether FileVault is on.
    pub filevault: Option<bool>,
    /// Whether the volume is locked.
    pub locked: Option<bool>,
    /// Whether it is being encrypted or decrypted.
    pub migrating: Option<bool>,
}

impl BootVolume {
    /// Whether the file system is APFS.
    pub fn is_apfs(&self) -> bool {
        self.filesystem
            .as_deref()
            .is_some_and(|filesystem| filesystem.eq_ignore_ascii_case("apfs"))
    }
}

/// Reads the boot volume. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn boot_volume(runner: &dyn Runner) -> Result<BootVolume, Error> {
    let call = Call::fixed(Tool::Diskutil, ["info", "-plist", "/"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Diskutil))?;
    parse_boot_volume(&answer.stdout.text()).ok_or_else(|| unreadable(&answer))
}

/// The volume in the property list of `diskutil info`. A list without a file system is an error message.
pub fn parse_boot_volume(said: &str) -> Option<BootVolume> {
    let info = read_dictionary(said)?;
    let filesystem = text(&info, "FilesystemType");
    filesystem.is_some().then(|| BootVolume {
        filesystem,
        device: text(&info, "DeviceIdentifier"),
        volume_uuid: text(&info, "VolumeUUID"),
        group_uuid: text(&info, "APFSVolumeGroupID"),
        name: text(&info, "VolumeName"),
        encrypted: truth(&info, "Encryption"),
        filevault: truth(&info, "FileVault"),
        locked: truth(&info, "Locked"),
        core_storage: info.contains_key("CoreStorageLVGUUID"),
    })
}

/// Reads all APFS volumes. Takes about a second.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn apfs_volumes(runner: &dyn Runner) -> Result<Vec<ApfsVolume>, Error> {
    let call = Call::fixed(Tool::Diskutil, ["apfs", "list", "-plist"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Diskutil))?;
    parse_apfs_list(&answer.stdout.text()).ok_or_else(|| unreadable(&answer))
}

/// The volumes in the property list of `diskutil apfs list`.
pub fn parse_apfs_list(said: &str) -> Option<Vec<ApfsVolume>> {
    let list = read_dictionary(said)?;
    list.get("Containers")?;
    let containers = dictionaries(&list, "Containers");
    Some(containers.into_iter().flat_map(volumes_of).collect())
}

fn volumes_of(container: &Dictionary) -> Vec<ApfsVolume> {
    let roles = |volume: &Dictionary| {
        let roles = volume
            .get("Roles")
            .and_then(plist::Value::as_array)
            .into_iter()
            .flatten();
        roles
            .filter_map(plist::Value::as_string)
            .map(str::to_owned)
            .collect()
    };
    let volume = |volume: &Dictionary| ApfsVolume {
        container_uuid: text(container, "APFSContainerUUID"),
        device: text(volume, "DeviceIdentifier"),
        volume_uuid: text(volume, "APFSVolumeUUID"),
        name: text(volume, "Name"),
        roles: roles(volume),
        encrypted: truth(volume, "Encryption"),
        filevault: truth(volume, "FileVault"),
        locked: truth(volume, "Locked"),
        migrating: truth(volume, "CryptoMigrationOn"),
    };
    dictionaries(container, "Volumes")
        .into_iter()
        .map(volume)
        .collect()
}
