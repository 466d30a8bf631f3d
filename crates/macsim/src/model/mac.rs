//! The whole state of one simulated Mac.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::clock::UnixMillis;
use super::crypto_user::{BOOTSTRAP_TOKEN, CryptoUserKind};
use super::directory::Directory;
use super::effects::Effects;
use super::escrow_profile::EscrowProfile;
use super::filevault::FileVault;
use super::hardware::{Chip, Hardware};
use super::keychain::SystemKeychain;
use super::knobs::Knobs;
use super::launchd::Launchd;
use super::login_right::LoginRight;
use super::mdm::Mdm;
use super::os::OsVersion;
use super::password_policy::PasswordPolicy;
use super::preboot::PrebootUser;
use super::random::Random;
use super::session::Session;
use super::start_up::StartUp;
use super::user::User;
use super::volume::{FileSystem, Volume};

/// One Mac. Plain data: tools and rules change it, `mac.json` stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mac {
    /// macOS version.
    pub os: OsVersion,
    /// `(a)` and the like: a rapid security response.
    pub os_extra: Option<String>,
    /// The machine.
    pub hardware: Hardware,
    /// Name of the computer.
    pub computer_name: String,
    /// The start-up volume.
    pub volume: Volume,
    /// FileVault.
    pub filevault: FileVault,
    /// Pre-boot login list as last written.
    pub preboot: Vec<PrebootUser>,
    /// Users and groups.
    pub directory: Directory,
    /// Home folders that exist.
    pub homes: BTreeSet<String>,
    /// Record names whose remains make a later `-addUser` do nothing.
    pub tombstones: BTreeSet<String>,
    /// Demands on passwords.
    pub password_policy: PasswordPolicy,
    /// Management.
    pub mdm: Mdm,
    /// The profile that has macOS escrow recovery keys.
    #[serde(default)]
    pub escrow_profile: Option<EscrowProfile>,
    /// What the firmware lets start.
    #[serde(default)]
    pub start_up: StartUp,
    /// The running system.
    pub session: Session,
    /// Wrong disk passwords per crypto user since the last start.
    pub failed_unlocks: BTreeMap<String, u32>,
    /// System keychain.
    pub system_keychain: SystemKeychain,
    /// `defaults` values: (domain, key) to a value.
    pub defaults: BTreeMap<String, BTreeMap<String, String>>,
    /// Jobs of launchd's system domain.
    pub launchd: Launchd,
    /// Who takes part in a login at the screen.
    pub login_right: LoginRight,
    /// Nastiness.
    pub knobs: Knobs,
    /// What really happened.
    pub effects: Effects,
    /// Identifiers and salts still to come.
    pub random: Random,
}

impl Mac {
    /// A Mac fresh from the box: no person's account, FileVault off, nobody holds a token.
    #[must_use]
    pub fn factory(os: OsVersion, chip: Chip, file_system: FileSystem, seed: u64, now: UnixMillis) -> Self {
        let mut random = Random::new(seed);
        let hardware = Hardware::draw(chip, &mut random);
        let volume = Volume::draw(file_system, os, chip, &mut random);
        let directory = Directory::factory(now, &mut random);
        Self {
            os,
            os_extra: None,
            computer_name: format!("Mac-{}", &hardware.serial[8..]),
            hardware,
            volume,
            filevault: FileVault::default(),
            preboot: Vec::new(),
            directory,
            homes: BTreeSet::new(),
            tombstones: BTreeSet::new(),
            password_policy: PasswordPolicy::default(),
            mdm: Mdm::default(),
            escrow_profile: None,
            start_up: StartUp::default(),
            session: Session {
                booted_at: now,
                boots: 1,
                network: true,
                ..Session::default()
            },
            failed_unlocks: BTreeMap::new(),
            system_keychain: SystemKeychain::default(),
            defaults: BTreeMap::new(),
            launchd: Launchd::default(),
            login_right: LoginRight::of(os, now),
            knobs: Knobs::default(),
            effects: Effects::default(),
            random,
        }
    }

    /// Whether this macOS on this volume knows Secure Tokens at all.
    #[must_use]
    pub fn has_secure_tokens(&self) -> bool {
        self.os.has_secure_token() && self.volume.file_system == FileSystem::Apfs
    }

    /// Whether the account is labelled **and** has a crypto user, whatever its disk password is.
    #[must_use]
    pub fn is_holder(&self, user: &User) -> bool {
        user.has_token_label() && self.volume.crypto_user(user.guid()).is_some()
    }

    /// Whether the account's directory password opens its disk key. Known to the simulator only.
    #[must_use]
    pub fn disk_knows_the_password(&self, user: &User) -> bool {
        let disk = self
            .volume
            .crypto_user(user.guid())
            .map(|crypto_user| crypto_user.key.fingerprint);
        disk.is_some() && disk == user.password.as_ref().map(|password| password.fingerprint)
    }

    /// All accounts that hold a token in that sense.
    pub fn holders(&self) -> impl Iterator<Item = &User> {
        self.directory.users.iter().filter(|user| self.is_holder(user))
    }

    /// Whether the bootstrap token can hand tokens on right now.
    #[must_use]
    pub fn can_use_bootstrap_token(&self) -> bool {
        self.mdm.enrolled
            && self.mdm.bootstrap_token_supported
            && self.mdm.escrowed_bootstrap_token.is_some()
            && self.session.network
            && self
                .volume
                .crypto_users
                .iter()
                .any(|user| user.kind == CryptoUserKind::MdmRecovery && user.uuid == BOOTSTRAP_TOKEN)
    }
}
