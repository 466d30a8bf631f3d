//! The situations by name.

use std::fmt;
use std::str::FromStr;

use super::builder::ScenarioMac;
use super::situations;
use crate::model::clock::UnixMillis;

/// A situation an administrator meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Situation {
    /// Apple silicon, macOS 15, FileVault on; administrator `ada` holds a token, `ben` does not.
    Healthy,
    /// Nobody holds a token any more; only the recovery key opens the disk.
    NoHolder,
    /// The only holder, `ben`, is no administrator; `ada` is one without a token.
    StandardHolderOnly,
    /// macOS 10.12: no tokens yet.
    MacOs1012,
    /// As healthy, but FileVault is off.
    FileVaultOff,
    /// Only the account that Setup Assistant made.
    SetupAssistantOnly,
    /// Automated enrolment: the MDM's administrator `ladmin` logged in after `ben`, who holds the token.
    AdeAdminSecond,
    /// `cleo`'s token says ENABLED, but her password no longer opens the disk.
    DeadToken,
    /// The volume is HFS+.
    Hfs,
    /// The volume is HFS+ on CoreStorage, FileVault on.
    CoreStorage,
    /// Intel with T2, macOS 10.15.
    Intel1015,
    /// As healthy, with an agent out of reach.
    Offline,
    /// As healthy, but the agent lacks Full Disk Access.
    NoFullDiskAccess,
    /// As healthy, with a strict passcode policy that locks accounts after five wrong passwords.
    StrictPolicy,
}

/// No situation has this name.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not one of the situations: {list}", list = Situation::list())]
pub struct UnknownSituation(String);

const NAMES: &[(Situation, &str)] = &[
    (Situation::Healthy, "healthy"),
    (Situation::NoHolder, "no_holder"),
    (Situation::StandardHolderOnly, "standard_holder_only"),
    (Situation::MacOs1012, "macos_10_12"),
    (Situation::FileVaultOff, "filevault_off"),
    (Situation::SetupAssistantOnly, "setup_assistant_only"),
    (Situation::AdeAdminSecond, "ade_admin_second"),
    (Situation::DeadToken, "dead_token"),
    (Situation::Hfs, "hfs"),
    (Situation::CoreStorage, "core_storage"),
    (Situation::Intel1015, "intel_10_15"),
    (Situation::Offline, "offline"),
    (Situation::NoFullDiskAccess, "no_full_disk_access"),
    (Situation::StrictPolicy, "strict_policy"),
];

impl Situation {
    /// Every situation.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(situation, _)| *situation)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(situation, _)| *situation == self)
            .map_or("", |(_, name)| name)
    }

    /// A Mac in this situation; the same seed makes the same Mac with the same passwords.
    #[must_use]
    pub fn mac(self, seed: u64, now: UnixMillis) -> ScenarioMac {
        situations::make(self, seed, now)
    }

    fn list() -> String {
        NAMES.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Situation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Situation {
    type Err = UnknownSituation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.replace('-', "_");
        NAMES
            .iter()
            .find(|(_, name)| *name == wanted)
            .map(|(situation, _)| *situation)
            .ok_or_else(|| UnknownSituation(text.to_owned()))
    }
}
