//! What guards the Mac's start, and what can open its disk when no person can.

use serde::{Deserialize, Serialize};

use super::Observation;
use crate::fact::Fact;

/// How the Mac is secured, in the words of Apple's `SecurityInfo`.
///
/// An agent that is older than one of these facts leaves it out; it is then unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Security {
    /// Whether System Integrity Protection is on.
    pub system_integrity: Fact<SystemIntegrity>,
    /// What the Mac lets start.
    pub secure_boot: Fact<SecureBoot>,
    /// Whether starting recoveryOS asks for a password that the MDM has set. Apple silicon only.
    pub recovery_lock: Fact<bool>,
    /// Whether the bootstrap token may stand for a person who authenticates.
    pub bootstrap_token_allowed: Fact<BootstrapTokenAllowance>,
    /// Whether software updates take the bootstrap token in the place of a person's password.
    pub bootstrap_token_required_for_software_updates: Fact<bool>,
    /// Whether kernel extensions are approved by the bootstrap token in the place of a person's password.
    pub bootstrap_token_required_for_kernel_extensions: Fact<bool>,
    /// Whether FileVault says that there is a personal recovery key. It says no as well when it does not know.
    pub personal_recovery_key: Fact<bool>,
    /// Whether FileVault says that there is an institutional recovery key. It says no as well when it does not know.
    pub institutional_recovery_key: Fact<bool>,
}

/// Whether System Integrity Protection is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum SystemIntegrity {
    /// All of it.
    Enabled,
    /// None of it.
    Disabled,
    /// Some protections were taken off.
    Custom {
        /// Those that are off, in macOS' own words.
        off: Vec<String>,
    },
}

/// What the Mac lets start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecureBoot {
    /// Only the newest system that Apple signs: Full Security.
    Full,
    /// Any system that Apple has signed: Medium Security on a T2, Reduced Security on Apple silicon.
    Medium,
    /// Also what nobody signed: No Security on a T2, Permissive Security on Apple silicon.
    Off,
    /// The Mac has no chip that could refuse.
    NotSupported,
}

/// Whether the bootstrap token may stand for a person who authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BootstrapTokenAllowance {
    /// It may.
    Allowed,
    /// It may not, until a person allows it in recoveryOS.
    Disallowed,
    /// This Mac knows no such thing.
    NotSupported,
}

impl Default for Security {
    /// Nothing was looked for.
    fn default() -> Self {
        Self {
            system_integrity: Observation::not_looked_for(),
            secure_boot: Observation::not_looked_for(),
            recovery_lock: Observation::not_looked_for(),
            bootstrap_token_allowed: Observation::not_looked_for(),
            bootstrap_token_required_for_software_updates: Observation::not_looked_for(),
            bootstrap_token_required_for_kernel_extensions: Observation::not_looked_for(),
            personal_recovery_key: Observation::not_looked_for(),
            institutional_recovery_key: Observation::not_looked_for(),
        }
    }
}

impl Security {
    /// Whether nothing was looked for.
    pub(super) fn is_untold(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn undated(self) -> Self {
        Self {
            system_integrity: self.system_integrity.undated(),
            secure_boot: self.secure_boot.undated(),
            recovery_lock: self.recovery_lock.undated(),
            bootstrap_token_allowed: self.bootstrap_token_allowed.undated(),
            bootstrap_token_required_for_software_updates: self
                .bootstrap_token_required_for_software_updates
                .undated(),
            bootstrap_token_required_for_kernel_extensions: self
                .bootstrap_token_required_for_kernel_extensions
                .undated(),
            personal_recovery_key: self.personal_recovery_key.undated(),
            institutional_recovery_key: self.institutional_recovery_key.undated(),
        }
    }
}
