//! FileVault is turned on and off, and CoreStorage volumes get their users.

use super::authenticate::authenticate;
use super::first_token;
use super::preboot::update_preboot;
use super::recovery_key;
use super::refusal::{Circumstances, Credentials, Refusal};
use super::unlock::unlock;
use crate::model::crypto_user::{CryptoUserKind, PERSONAL_RECOVERY};
use crate::model::filevault::Progress;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::model::volume::FileSystem;
use crate::model::wrapped_key::VolumeKey;

/// What turning it on shall do about the recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryKeyChoice {
    /// Make one.
    Make,
    /// Keep the one there is, or none.
    Keep,
}

/// Turns FileVault on. Returns the recovery key if one was made.
///
/// # Errors
/// `WrongFileVaultState`, `WrongTargetPassword`, `NeedsUnlock`, `BlankPassword`, `NotSupported`.
pub fn enable(
    mac: &mut Mac,
    who: Credentials<'_>,
    choice: RecoveryKeyChoice,
    at: Circumstances,
) -> Result<Option<String>, Refusal> {
    if mac.volume.file_system == FileSystem::Hfs {
        return Err(Refusal::NotSupported);
    }
    if mac.filevault.progress != Progress::Off {
        return Err(Refusal::WrongFileVaultState);
    }
    authenticate(mac, who, at).map_err(|_| Refusal::WrongTargetPassword)?;
    if mac
        .holders()
        .any(|user| user.password.as_ref().is_some_and(|password| password.blank))
    {
        return Err(Refusal::BlankPassword);
    }
    let key = key_for_enabling(mac, who)?;
    mac.filevault.progress = match mac.volume.file_system {
        FileSystem::CoreStorage => Progress::PendingRestart,
        FileSystem::Apfs | FileSystem::Hfs => Progress::On,
    };
    mac.filevault.deferral = None;
    update_preboot(mac);
    Ok((choice == RecoveryKeyChoice::Make).then(|| recovery_key::replace(mac, key)))
}

/// Turns FileVault off. Tokens stay; on CoreStorage the users go.
///
/// # Errors
/// `WrongFileVaultState` when it is off.
pub fn disable(mac: &mut Mac) -> Result<(), Refusal> {
    let had_deferral = mac.filevault.deferral.take().is_some();
    if mac.filevault.progress == Progress::Off {
        return if had_deferral {
            Ok(())
        } else {
            Err(Refusal::WrongFileVaultState)
        };
    }
    if mac.volume.file_system == FileSystem::CoreStorage {
        mac.volume.crypto_users.clear();
        mac.volume.unclaimed_key = Some(VolumeKey::draw(&mut mac.random));
    }
    mac.filevault.progress = Progress::Off;
    Ok(())
}

/// The volume key, opened by an account's password or, from 10.14 on APFS and always on CoreStorage, by
/// the recovery key. `name` is `None` when only a password was given.
///
/// # Errors
/// `WrongFileVaultState` when FileVault is off, `NeedsUnlock` when nothing opens.
pub fn authorise(mac: &mut Mac, name: Option<&str>, password: &str) -> Result<VolumeKey, Refusal> {
    if !mac.filevault.is_on() {
        return Err(Refusal::WrongFileVaultState);
    }
    let recovery_key_counts =
        mac.volume.file_system == FileSystem::CoreStorage || mac.os >= OsVersion::new(10, 14);
    if recovery_key_counts
        && recovery_key::is_well_formed(password)
        && let Some(key) = mac.volume.unlock(PERSONAL_RECOVERY, password)
    {
        return Ok(key);
    }
    let guid = name
        .and_then(|name| mac.directory.user(name))
        .map(|user| user.guid().to_owned());
    unlock(mac, &guid.ok_or(Refusal::NeedsUnlock)?, password)
}

/// `fdesetup add`: on CoreStorage another FileVault user; on APFS the account becomes a token holder.
///
/// # Errors
/// `UnknownUser`, `WrongTargetPassword`, and those of [`authorise`].
pub fn add_user(
    mac: &mut Mac,
    by: Credentials<'_>,
    added: Credentials<'_>,
    at: Circumstances,
) -> Result<(), Refusal> {
    let key = authorise(mac, Some(by.name), by.password)?;
    let Some(guid) = mac.directory.user(added.name).map(|user| user.guid().to_owned()) else {
        return Err(Refusal::UnknownUser(added.name.to_owned()));
    };
    authenticate(mac, added, at).map_err(|_| Refusal::WrongTargetPassword)?;
    if mac.has_secure_tokens() {
        first_token::admit(mac, added, key);
    } else {
        mac.volume.admit(
            &guid,
            CryptoUserKind::LocalOpenDirectory,
            key,
            added.password,
            &mut mac.random,
        );
    }
    Ok(())
}

/// `fdesetup remove`: the last account that can open the volume stays.
///
/// # Errors
/// `UnknownUser`, `LastUnlockRecord`.
pub fn remove_user(mac: &mut Mac, uuid: &str) -> Result<(), Refusal> {
    if mac.volume.crypto_user(uuid).is_none() {
        return Err(Refusal::UnknownUser(uuid.to_owned()));
    }
    let owned = |uuid: &str| mac.directory.user_by_guid(uuid).is_some();
    if owned(uuid)
        && mac
            .volume
            .account_crypto_users()
            .filter(|user| owned(&user.uuid))
            .count()
            == 1
    {
        return Err(Refusal::LastUnlockRecord);
    }
    let name = mac
        .directory
        .user_by_guid(uuid)
        .map(|user| user.name().to_owned());
    match name {
        Some(name) if mac.has_secure_tokens() => super::revoke::expel(mac, &name),
        _ => {
            mac.volume.expel(uuid);
        }
    }
    Ok(())
}

/// `fdesetup sync`: users that the directory no longer knows lose their key; nobody is added.
pub fn sync_users(mac: &mut Mac) {
    let orphans: Vec<String> = mac
        .volume
        .account_crypto_users()
        .filter(|user| mac.directory.user_by_guid(&user.uuid).is_none())
        .map(|user| user.uuid.clone())
        .collect();
    for uuid in orphans {
        mac.volume.expel(&uuid);
    }
}

/// On APFS the one who turns FileVault on must hold a token, or become the first holder; on CoreStorage
/// everybody may.
fn key_for_enabling(mac: &mut Mac, who: Credentials<'_>) -> Result<VolumeKey, Refusal> {
    let Some(user) = mac.directory.user(who.name) else {
        return Err(Refusal::WrongTargetPassword);
    };
    let (guid, is_admin) = (user.guid().to_owned(), mac.directory.is_admin(user));
    if let Some(key) = mac.volume.unclaimed_key {
        if mac.has_secure_tokens() {
            let admin_may = is_admin && mac.os >= OsVersion::with_patch(10, 15, 4);
            if admin_may || mac.os.major >= 11 {
                first_token::claim(mac, who);
            } else {
                return Err(Refusal::NeedsUnlock);
            }
        } else {
            mac.volume.admit(
                &guid,
                CryptoUserKind::LocalOpenDirectory,
                key,
                who.password,
                &mut mac.random,
            );
        }
        return Ok(key);
    }
    unlock(mac, &guid, who.password)
}
