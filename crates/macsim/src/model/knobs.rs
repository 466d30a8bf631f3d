//! How nasty this Mac is: everything a tool may do to its caller beyond the rules.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Whether tools claim success and do nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lie {
    /// They tell the truth.
    #[default]
    Never,
    /// They lie every time.
    Always,
    /// They lie for this many calls that would have changed something.
    Calls(u32),
}

/// What is printed when the granter's directory password is wrong. Builds differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrongGranterText {
    /// "Operation is not permitted without secure token unlock."
    #[default]
    Unlock,
    /// OpenDirectory error 5000.
    Error5000,
    /// "Failed to authenticate with SystemAdministration framework."
    Framework,
}

/// What `fdesetup changerecovery` tells of the key that it has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldKey {
    /// The key.
    #[default]
    Truly,
    /// Nothing, and that it is done.
    Nothing,
    /// Another one, which opens nothing.
    Another,
}

/// All knobs of one Mac, as `macsim set` turns them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Knobs {
    /// Claims of success without effect.
    pub lie: Lie,
    /// Tools the lie is limited to; empty means every tool.
    pub lying_tools: BTreeSet<String>,
    /// Real milliseconds a tool takes (processes only); `*` stands for every tool.
    pub latency_ms: BTreeMap<String, u64>,
    /// Tools that never return and ignore a polite end; `*` stands for every tool.
    pub hang: BTreeSet<String>,
    /// Tools that die right after their effect, before they can say so; `*` stands for every tool.
    pub crash_after_effect: BTreeSet<String>,
    /// A line every tool writes to its error stream first.
    pub stderr_noise: Option<String>,
    /// Whether tools without a terminal read `-` passwords from the pipe.
    pub stdin_passwords: bool,
    /// The words for a wrong granter password.
    pub wrong_granter_text: WrongGranterText,
    /// `passwd` run by root changes a holder's directory password without the old one and leaves the
    /// disk password behind. Reports disagree.
    pub root_passwd_desynchronises: bool,
    /// `pwpolicy -enableuser` leaves the count of wrong passwords as it is. No report says what it does.
    pub enabling_keeps_failed_logins: bool,
    /// `fdesetup` says no when asked whether there is a recovery key, as it does when it cannot tell.
    pub denies_recovery_keys: bool,
    /// What is told of a recovery key that was made. Whether macOS 26 tells it outside a property list is not known.
    pub told_recovery_key: ToldKey,
    /// The agent that calls the tools has Full Disk Access.
    pub full_disk_access: bool,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            lie: Lie::Never,
            lying_tools: BTreeSet::new(),
            latency_ms: BTreeMap::new(),
            hang: BTreeSet::new(),
            crash_after_effect: BTreeSet::new(),
            stderr_noise: None,
            stdin_passwords: true,
            wrong_granter_text: WrongGranterText::Unlock,
            root_passwd_desynchronises: false,
            enabling_keeps_failed_logins: false,
            denies_recovery_keys: false,
            told_recovery_key: ToldKey::Truly,
            full_disk_access: true,
        }
    }
}

impl Knobs {
    /// Whether the next effect of `tool` is a lie; counts it.
    pub fn take_lie(&mut self, tool: &str) -> bool {
        if !self.lying_tools.is_empty() && !self.lying_tools.contains(tool) {
            return false;
        }
        match &mut self.lie {
            Lie::Never => false,
            Lie::Always => true,
            Lie::Calls(0) => {
                self.lie = Lie::Never;
                false
            }
            Lie::Calls(left) => {
                *left -= 1;
                true
            }
        }
    }

    /// Whether `set` names `tool` or every tool.
    #[must_use]
    pub fn names(set: &BTreeSet<String>, tool: &str) -> bool {
        set.contains(tool) || set.contains("*")
    }
}
