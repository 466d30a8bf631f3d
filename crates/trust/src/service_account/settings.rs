//! What an organisation wants of its service accounts.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::name::AccountName;
use crate::time::Timestamp;

/// What the service account of one Mac is to be like. The agent keeps it, so that it acts alike without the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// Whether the Mac is to have one.
    pub wanted: bool,
    /// After how many days it gets a new password.
    pub rotate_every_days: u16,
    /// Record names of accounts that never get a token by themselves. Sorted.
    pub excluded_accounts: Vec<AccountName>,
    /// Whether a holder that is a standard account may be made an administrator for the moment of a hand-over.
    pub promote_administrators: bool,
    /// When somebody last chose a way past the password policy of this Mac
    /// ([`policy_conflict`](super::policy_conflict)). The agent asks the Mac for its policy anew and tries again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub try_again_at: Option<Timestamp>,
}

/// Why settings are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASetting {
    /// The pause between rotations is out of bounds.
    #[error("the password is changed every 1 to {} days", Settings::LONGEST_ROTATION_DAYS)]
    RotationDays,
    /// Too many names.
    #[error("at most {} accounts are excluded", Settings::MOST_EXCLUDED)]
    TooManyExcluded,
}

impl Settings {
    /// The longest pause between two rotations, in days.
    pub const LONGEST_ROTATION_DAYS: u16 = 365;

    /// The most accounts that can be excluded.
    pub const MOST_EXCLUDED: usize = 100;

    /// The same settings in the form that is kept: names sorted, each once.
    ///
    /// # Errors
    /// When a value is out of bounds.
    pub fn checked(mut self) -> Result<Self, NotASetting> {
        if !(1..=Self::LONGEST_ROTATION_DAYS).contains(&self.rotate_every_days) {
            return Err(NotASetting::RotationDays);
        }
        self.excluded_accounts.sort();
        self.excluded_accounts.dedup();
        if self.excluded_accounts.len() > Self::MOST_EXCLUDED {
            return Err(NotASetting::TooManyExcluded);
        }
        Ok(self)
    }

    /// Fingerprint of the settings: the first 16 bytes of the SHA-256 of their JSON, in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let digest = Sha256::digest(&json);
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the account of this record name never gets a token by itself.
    pub fn excludes(&self, record_name: &str) -> bool {
        self.excluded_accounts
            .iter()
            .any(|name| name.as_str() == record_name)
    }
}

impl Default for Settings {
    /// A service account is wanted, and gets a new password every 30 days.
    fn default() -> Self {
        Self {
            wanted: true,
            rotate_every_days: 30,
            excluded_accounts: Vec::new(),
            promote_administrators: false,
            try_again_at: None,
        }
    }
}
