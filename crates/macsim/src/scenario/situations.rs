//! How each situation comes about.

use super::builder::{Builder, Role, ScenarioMac};
use super::situation::Situation;
use crate::model::clock::UnixMillis;
use crate::model::hardware::Chip;
use crate::model::os::OsVersion;
use crate::model::password_policy::{DemandOrigin, PasswordDemand, PasswordPolicy};
use crate::model::start_up::{Integrity, StartUpSecurity};
use crate::model::volume::FileSystem;
use crate::rules::delete_account::delete_record_only;

const SEQUOIA: OsVersion = OsVersion::with_patch(15, 2, 0);
const HIGH_SIERRA: OsVersion = OsVersion::with_patch(10, 13, 6);

pub(super) fn make(situation: Situation, seed: u64, now: UnixMillis) -> ScenarioMac {
    match situation {
        Situation::Healthy => healthy(seed, now).finish(),
        Situation::NoHolder => no_holder(seed, now),
        Situation::StandardHolderOnly => standard_holder_only(seed, now),
        Situation::MacOs1012 => sierra(seed, now),
        Situation::FileVaultOff => filevault_off(seed, now),
        Situation::SetupAssistantOnly => setup_assistant_only(seed, now),
        Situation::AdeAdminSecond => ade_admin_second(seed, now),
        Situation::DeadToken => dead_token(seed, now),
        Situation::Hfs => hfs(seed, now),
        Situation::CoreStorage => core_storage(seed, now),
        Situation::Intel1015 => catalina(seed, now),
        Situation::Offline => {
            let mut builder = healthy(seed, now);
            builder.offline();
            builder.finish()
        }
        Situation::NoFullDiskAccess => {
            let mut builder = healthy(seed, now);
            builder.mac().knobs.full_disk_access = false;
            builder.finish()
        }
        Situation::StrictPolicy => strict_policy(seed, now),
    }
}

fn silicon(seed: u64, now: UnixMillis) -> Builder {
    Builder::new(SEQUOIA, Chip::AppleSilicon, FileSystem::Apfs, seed, now)
}

fn healthy(seed: u64, now: UnixMillis) -> Builder {
    let mut builder = silicon(seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .enroll(false, true)
        .account("ben", "Ben O\u{2019}Neill; 100% \u{1F98A}", Role::Standard, None)
        .filevault("ada")
        .reboot()
        .login("ada");
    builder
}

fn no_holder(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = silicon(seed, now);
    builder
        .account("migrated", "Migrated Owner", Role::Admin, None)
        .login("migrated")
        .filevault("migrated")
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .account("ben", "Ben Neill", Role::Standard, None);
    // Somebody tidied up with dscl, which asks nobody and leaves the crypto user without an owner.
    let _ = delete_record_only(builder.mac(), "migrated");
    builder.forget("migrated").reboot();
    builder.finish()
}

fn standard_holder_only(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = silicon(seed, now);
    builder
        .account("ben", "Ben Neill", Role::Standard, None)
        .login("ben")
        .filevault("ben")
        .account("ada", "Ada \"Countess\" Lovelace", Role::Admin, None)
        .reboot()
        .login("ben");
    builder.finish()
}

fn sierra(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = Builder::new(
        OsVersion::with_patch(10, 12, 6),
        Chip::Intel,
        FileSystem::CoreStorage,
        seed,
        now,
    );
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben Neill", Role::Standard, None);
    builder.finish()
}

fn filevault_off(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = silicon(seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben Neill", Role::Standard, None);
    builder.finish()
}

fn setup_assistant_only(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = silicon(seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada");
    builder.finish()
}

fn ade_admin_second(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = silicon(seed, now);
    builder
        .enroll(true, false)
        .hash_made_account("ladmin", "Local Administrator", Role::Admin)
        .account("ben", "Ben Neill", Role::Standard, None)
        .login("ben")
        .filevault("ben")
        .reboot()
        .login("ladmin");
    let guid = builder
        .mac()
        .directory
        .user("ladmin")
        .map(|user| user.guid().to_owned());
    builder.mac().mdm.auto_admin_guid = guid;
    builder.finish()
}

fn dead_token(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = silicon(seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .filevault("ada")
        .account("cleo", "Cleo N\u{fa}\u{f1}ez", Role::Admin, Some("ada"))
        .account("ben", "Ben Neill", Role::Standard, None)
        .reboot()
        .inject_hash("cleo");
    builder.finish()
}

fn hfs(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = Builder::new(HIGH_SIERRA, Chip::Intel, FileSystem::Hfs, seed, now);
    builder.mac().start_up.integrity = Integrity::Without(["Kext Signing".to_owned()].into());
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben Neill", Role::Standard, None);
    builder.finish()
}

fn core_storage(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = Builder::new(HIGH_SIERRA, Chip::Intel, FileSystem::CoreStorage, seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben Neill", Role::Standard, None)
        .filevault("ada")
        .reboot()
        .reboot()
        .login("ada");
    builder.finish()
}

fn catalina(seed: u64, now: UnixMillis) -> ScenarioMac {
    let os = OsVersion::with_patch(10, 15, 7);
    let mut builder = Builder::new(os, Chip::T2, FileSystem::Apfs, seed, now);
    builder
        .account("ada", "Ada Lovelace", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben Neill", Role::Standard, None)
        .filevault("ada")
        .reboot()
        .login("ada");
    builder.mac().start_up.security = StartUpSecurity::Reduced;
    builder.finish()
}

fn strict_policy(seed: u64, now: UnixMillis) -> ScenarioMac {
    let mut builder = healthy(seed, now);
    let profile = builder.random().uuid();
    let origin = || DemandOrigin::Profile(profile.clone());
    builder.mac().password_policy = PasswordPolicy {
        demands: vec![
            (PasswordDemand::MinLength(14), origin()),
            (PasswordDemand::Alphanumeric, origin()),
            (PasswordDemand::Special(2), origin()),
            (PasswordDemand::NotSimple(3), origin()),
            (PasswordDemand::MinLength(4), DemandOrigin::BuiltIn),
        ],
        max_failed_logins: Some(5),
        max_age_days: Some(90),
        history: Some(5),
        ..PasswordPolicy::default()
    };
    builder.mac().mdm.recovery_lock = true;
    builder.finish()
}
