//! What the Mac's firmware lets start, and what the started system protects.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The settings that only recoveryOS changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StartUp {
    /// What may start. Macs without a chip that could refuse do not look at it.
    pub security: StartUpSecurity,
    /// System Integrity Protection.
    pub integrity: Integrity,
    /// A person has let the MDM act without one: updates, kernel extensions.
    pub mdm_control_by_user: bool,
}

/// What may start: the three settings of Startup Security Utility.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartUpSecurity {
    /// Full Security.
    #[default]
    Full,
    /// Reduced Security; a T2 calls it Medium Security.
    Reduced,
    /// Permissive Security; a T2 calls it No Security.
    None,
}

/// The text names no such setting.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not one of full, reduced, none")]
pub struct NotAStartUpSecurity(String);

impl FromStr for StartUpSecurity {
    type Err = NotAStartUpSecurity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "full" => Ok(Self::Full),
            "reduced" => Ok(Self::Reduced),
            "none" => Ok(Self::None),
            _ => Err(NotAStartUpSecurity(text.to_owned())),
        }
    }
}

/// System Integrity Protection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Integrity {
    /// `csrutil enable`.
    #[default]
    On,
    /// `csrutil disable`.
    Off,
    /// `csrutil enable --without …`: these protections are off, by the names under which they are shown.
    Without(BTreeSet<String>),
}
