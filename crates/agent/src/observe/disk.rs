//! The boot volume, FileVault, and who can open the disk.

use mac::diskutil::CryptoUserKind as Seen;
use mac::diskutil::DiskCheck;
use mac::fdesetup::{Conversion, FileVaultState, FileVaultStatus};
use mac::{Runner, diskutil, fdesetup};
use secrecy::SecretString;
use trust::fact::Fact;
use trust::observation::{BootVolume, CryptoUser, CryptoUserKind, FileVault, VolumeFormat};
use trust::time::Timestamp;

use super::fact;
use crate::answers;

pub(super) fn boot_volume(runner: &dyn Runner, now: Timestamp) -> Fact<BootVolume> {
    const BY: &str = "diskutil info /";
    let seen = match diskutil::boot_volume(runner) {
        Ok(seen) => seen,
        Err(error) => return fact(Err(error), now, BY),
    };
    let Some(filesystem) = &seen.filesystem else {
        return Fact::unknown("it names no file system", now, BY);
    };
    let format = match filesystem.to_ascii_lowercase().as_str() {
        "apfs" => VolumeFormat::Apfs,
        "hfs" if seen.core_storage => VolumeFormat::CoreStorage,
        "hfs" => VolumeFormat::Hfs,
        other => VolumeFormat::Other(other.to_owned()),
    };
    Fact::known(
        BootVolume {
            device: seen.device.unwrap_or_default(),
            format,
        },
        now,
        BY,
    )
}

/// Asks the disk about a crypto user that does not exist. Nobody's failures are counted, and an agent without Full Disk
/// Access is told so instead of no.
pub(super) fn full_disk_access(runner: &dyn Runner, now: Timestamp) -> Fact<bool> {
    const BY: &str = "diskutil apfs unlockVolume -verify, as nobody";
    const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
    match diskutil::verify_disk_password(runner, NOBODY, &SecretString::from("none")) {
        Ok(DiskCheck::NoFullDiskAccess) => Fact::known(false, now, BY),
        Ok(DiskCheck::Right | DiskCheck::Wrong) => Fact::known(true, now, BY),
        Ok(other) => Fact::unknown(answers::disk(&other), now, BY),
        Err(error) => fact(Err(error), now, BY),
    }
}

pub(super) fn crypto_users(runner: &dyn Runner, now: Timestamp) -> Fact<Vec<CryptoUser>> {
    let seen = diskutil::crypto_users(runner).map(|seen| {
        let mut users: Vec<CryptoUser> = seen
            .into_iter()
            .map(|user| CryptoUser {
                uuid: user.uuid.to_ascii_uppercase(),
                kind: kind(user.kind),
                volume_owner: user.volume_owner,
            })
            .collect();
        users.sort_by(|a, b| a.uuid.cmp(&b.uuid));
        users
    });
    fact(seen, now, "diskutil apfs listCryptoUsers")
}

pub(super) fn filevault(runner: &dyn Runner, now: Timestamp) -> Fact<FileVault> {
    fact(
        fdesetup::status(runner).map(|status| state(&status)),
        now,
        "fdesetup status",
    )
}

pub(super) fn filevault_users(runner: &dyn Runner, now: Timestamp) -> Fact<Vec<String>> {
    let seen = fdesetup::list(runner).map(|seen| {
        let mut guids: Vec<String> = seen
            .into_iter()
            .map(|user| user.guid.to_ascii_uppercase())
            .collect();
        guids.sort();
        guids
    });
    fact(seen, now, "fdesetup list")
}

fn state(status: &FileVaultStatus) -> FileVault {
    match (status.conversion, status.state) {
        (Some(Conversion::Encrypting(percent)), _) => FileVault::Encrypting {
            percent: Some(percent),
        },
        (Some(Conversion::Decrypting(percent)), _) => FileVault::Decrypting {
            percent: Some(percent),
        },
        (None, FileVaultState::On) => FileVault::On,
        (None, FileVaultState::OnAfterRestart) => FileVault::Deferred,
        (None, FileVaultState::Off) if status.deferred_for.is_some() => FileVault::Deferred,
        (None, FileVaultState::Off) => FileVault::Off,
    }
}

fn kind(kind: Seen) -> CryptoUserKind {
    match kind {
        Seen::LocalOpenDirectory => CryptoUserKind::LocalAccount,
        Seen::PersonalRecovery => CryptoUserKind::PersonalRecovery,
        Seen::InstitutionalRecovery => CryptoUserKind::InstitutionalRecovery,
        Seen::MdmBootstrapToken => CryptoUserKind::BootstrapToken,
        Seen::ICloudRecoveryUser | Seen::ICloudRecoveryKey => CryptoUserKind::ICloudRecovery,
        Seen::Disk => CryptoUserKind::Disk,
        Seen::Other(word) => CryptoUserKind::Other(word),
    }
}
