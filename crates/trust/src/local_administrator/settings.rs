//! What an organisation wants of the local administrators on its Macs.

use serde::{Deserialize, Serialize};

use super::Alphabet;
use crate::name::{AccountName, FullName};

/// Names that macOS keeps for itself, besides those that begin with an underscore.
const RESERVED: [&str; 3] = ["root", "daemon", "nobody"];

/// What the local administrator of each Mac is to be like.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LocalAdministratorSettings))]
pub struct Settings {
    /// The account's record name.
    pub account: AccountName,
    /// The name that people see.
    pub full_name: FullName,
    /// Whether the login window leaves it out. The start-up screen never does.
    pub hidden: bool,
    /// How many characters a password has: 12 to 64.
    pub length: u8,
    /// What a password is made of.
    pub alphabet: Alphabet,
    /// After how many days it gets another password, though nobody has seen this one: 1 to 365.
    pub rotate_every_days: u16,
}

/// Why settings are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASetting {
    /// The account is none that a person may have.
    #[error(
        "the name is none of macOS's own: it does not begin with an underscore and is not root, daemon or nobody"
    )]
    Account,
    /// The length is out of bounds.
    #[error("a password has {} to {} characters", Settings::SHORTEST, Settings::LONGEST)]
    Length,
    /// The pause between rotations is out of bounds.
    #[error("the password is changed every 1 to {} days", Settings::LONGEST_ROTATION_DAYS)]
    RotationDays,
}

impl Settings {
    /// The shortest password, in characters.
    pub const SHORTEST: u8 = 12;

    /// The longest password, in characters.
    pub const LONGEST: u8 = 64;

    /// How many characters a password has where nobody says otherwise: four groups of five can be read out.
    pub const USUAL_LENGTH: u8 = 20;

    /// The longest pause between two rotations, in days.
    pub const LONGEST_ROTATION_DAYS: u16 = 365;

    /// After how many days a password is replaced where nobody says otherwise.
    pub const USUAL_ROTATION_DAYS: u16 = 30;

    /// The same settings, when they can be gone by.
    ///
    /// # Errors
    /// When a value is out of bounds.
    pub fn checked(self) -> Result<Self, NotASetting> {
        let name = self.account.as_str();
        if name.starts_with('_') || RESERVED.contains(&name) {
            return Err(NotASetting::Account);
        }
        if !(Self::SHORTEST..=Self::LONGEST).contains(&self.length) {
            return Err(NotASetting::Length);
        }
        if !(1..=Self::LONGEST_ROTATION_DAYS).contains(&self.rotate_every_days) {
            return Err(NotASetting::RotationDays);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            account: "localadmin".parse().unwrap(),
            full_name: "Local Administrator".parse().unwrap(),
            hidden: false,
            length: Settings::USUAL_LENGTH,
            alphabet: Alphabet::default(),
            rotate_every_days: Settings::USUAL_ROTATION_DAYS,
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        assert_eq!(settings().checked(), Ok(settings()));
        for name in ["_bestow", "_www", "root", "daemon", "nobody"] {
            let account = name.parse().unwrap();
            let named = Settings {
                account,
                ..settings()
            };
            assert_eq!(named.checked(), Err(NotASetting::Account), "{name}");
        }
        for (length, is_good) in [(11, false), (12, true), (64, true), (65, false)] {
            let long = Settings { length, ..settings() };
            assert_eq!(long.checked().is_ok(), is_good, "{length}");
        }
        for (rotate_every_days, is_good) in [(0, false), (1, true), (365, true), (366, false)] {
            let often = Settings {
                rotate_every_days,
                ..settings()
            };
            assert_eq!(often.checked().is_ok(), is_good, "{rotate_every_days}");
        }
    }
}
