//! A ledger of what really happened, so that a test can prove that it happened at most once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Counts for one account name. A tool that only claims success leaves them alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectCounts {
    /// The account became a token holder.
    pub granted: u32,
    /// It stopped being one.
    pub removed: u32,
    /// The record was made.
    pub created: u32,
    /// The record was deleted.
    pub deleted: u32,
    /// Its directory password was set.
    pub password_set: u32,
    /// Somebody tried a wrong directory password.
    pub failed_logins: u32,
    /// Somebody tried a wrong disk password.
    pub failed_unlocks: u32,
}

/// All counts of one Mac.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effects {
    /// By record name.
    pub accounts: BTreeMap<String, EffectCounts>,
    /// How often a personal recovery key was made.
    pub recovery_keys_made: u32,
    /// How often the pre-boot copy was rebuilt.
    pub preboot_updates: u32,
}

impl Effects {
    /// The counts of one account.
    pub fn of(&mut self, name: &str) -> &mut EffectCounts {
        self.accounts.entry(name.to_owned()).or_default()
    }
}
