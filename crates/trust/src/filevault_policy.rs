//! What an organisation wants of FileVault on its Macs. It reaches them as a configuration profile, which always has the keys
//! escrowed; whether FileVault is to be on, and who may change that, is for the organisation to say.

use serde::{Deserialize, Serialize};

/// The policy, as the profile says it. The names in the words of Apple stand beside each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileVaultPolicy {
    /// Where the recovery key goes, as macOS tells whoever turns FileVault on (`Location`): 1 to 255 characters.
    pub location: String,
    /// Whether FileVault is to be turned on, at a login or logout (`Enable` with `Defer`).
    pub turn_on: bool,
    /// How often that can be put off at a login: 0 demands it at the next one, -1 never demands it
    /// (`DeferForceAtUserLoginMaxBypassAttempts`, -1 to 9999).
    pub bypasses: i16,
    /// Whether macOS asks at a logout, too (the opposite of `DeferDontAskAtUserLogout`).
    pub ask_at_logout: bool,
    /// Whether the person sees the recovery key (`ShowRecoveryKey`).
    pub show_recovery_key: bool,
    /// Whether the Setup Assistant turns it on, on macOS 14 and later with Automated Device Enrollment
    /// (`ForceEnableInSetupAssistant`).
    pub in_setup_assistant: bool,
    /// Whether nobody may turn it off (`dontAllowFDEDisable`).
    pub prevent_turning_off: bool,
    /// Whether nobody may turn it on (`dontAllowFDEEnable`).
    pub prevent_turning_on: bool,
    /// Whether the disk's key is forgotten in standby, so that waking asks for a password
    /// (`DestroyFVKeyOnStandby`).
    pub forget_key_in_standby: bool,
}

/// Why a policy is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPolicy {
    /// The location is empty or too long.
    #[error("the location has 1 to {} characters", FileVaultPolicy::LONGEST_LOCATION)]
    Location,
    /// The number of bypasses is out of bounds.
    #[error(
        "turning FileVault on can be put off 0 to {} times, or -1 for ever",
        FileVaultPolicy::MOST_BYPASSES
    )]
    Bypasses,
    /// It is to be turned on, and nobody may.
    #[error("FileVault cannot be turned on where nobody may turn it on")]
    OnAndPrevented,
}

impl FileVaultPolicy {
    /// The longest location, in characters.
    pub const LONGEST_LOCATION: usize = 255;

    /// The most times that turning FileVault on can be put off.
    pub const MOST_BYPASSES: i16 = 9999;

    /// The policy in the form that is kept.
    ///
    /// # Errors
    /// When a value is out of bounds, or two contradict each other.
    pub fn checked(mut self) -> Result<Self, NotAPolicy> {
        self.location = self.location.trim().to_owned();
        let length = self.location.chars().count();
        let is_plain = !self.location.chars().any(char::is_control);
        if !(1..=Self::LONGEST_LOCATION).contains(&length) || !is_plain {
            return Err(NotAPolicy::Location);
        }
        if !(-1..=Self::MOST_BYPASSES).contains(&self.bypasses) {
            return Err(NotAPolicy::Bypasses);
        }
        if self.turn_on && self.prevent_turning_on {
            return Err(NotAPolicy::OnAndPrevented);
        }
        Ok(self)
    }
}

impl Default for FileVaultPolicy {
    /// Keys are escrowed; nothing else is asked.
    fn default() -> Self {
        Self {
            location: "Your organisation keeps the recovery key of this Mac.".to_owned(),
            turn_on: false,
            bypasses: 3,
            ask_at_logout: false,
            show_recovery_key: false,
            in_setup_assistant: false,
            prevent_turning_off: false,
            prevent_turning_on: false,
            forget_key_in_standby: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_a_policy() {
        let usual = FileVaultPolicy::default();
        assert_eq!(usual.clone().checked(), Ok(usual));
    }

    #[test]
    fn what_is_out_of_bounds_or_contradicts_itself_is_refused() {
        let usual = FileVaultPolicy::default;
        for location in ["", "  ", "a\nb", &"x".repeat(256)] {
            let policy = FileVaultPolicy {
                location: location.to_owned(),
                ..usual()
            };
            assert_eq!(policy.checked(), Err(NotAPolicy::Location), "{location:?}");
        }
        for (bypasses, is_one) in [(-2, false), (-1, true), (0, true), (9999, true), (10_000, false)] {
            let policy = FileVaultPolicy { bypasses, ..usual() };
            assert_eq!(policy.checked().is_ok(), is_one, "{bypasses}");
        }
        let both = FileVaultPolicy {
            turn_on: true,
            prevent_turning_on: true,
            ..usual()
        };
        assert_eq!(both.checked(), Err(NotAPolicy::OnAndPrevented));
    }
}
