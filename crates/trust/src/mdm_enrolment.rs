//! The enrolment of a Mac with Bestow's own device management: where it has come to, and what a message means for it.
//!
//! A bootstrap token belongs to one enrolment. Another enrolment of the Mac ends what is kept of it; the same one, told again or
//! with a renewed certificate, ends nothing.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// How long a profile waits to be installed. It holds a key, and whoever finds the file later enrols nobody.
const WAITS_FOR: Duration = Duration::from_hours(30 * 24);

/// Where an enrolment has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MdmEnrolmentState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its profile was made, and nobody has installed it yet.
    Prepared,
    /// Its profile was made, and nobody has installed it in time. It enrols nobody any more.
    Lapsed,
    /// The Mac is enrolled.
    Enrolled,
    /// The profile was removed from the Mac.
    Left,
    /// The Mac enrolled by a profile that was made later.
    Replaced,
}

/// What `Authenticate` means for an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authenticated {
    /// The Mac enrols: whichever enrolment it had before is replaced, and so is its bootstrap token.
    Anew,
    /// The Mac is enrolled and says so again, as after its certificate was renewed. Nothing ends.
    Again,
    /// The enrolment is over. Its profile enrols nobody any more.
    Refused,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Prepared,
        Self::Lapsed,
        Self::Enrolled,
        Self::Left,
        Self::Replaced,
    ];

    /// The state's word, as it is kept and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Lapsed => "lapsed",
            Self::Enrolled => "enrolled",
            Self::Left => "left",
            Self::Replaced => "replaced",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Prepared => "profile made",
            Self::Lapsed => "profile lapsed",
            Self::Enrolled => "enrolled",
            Self::Left => "profile removed",
            Self::Replaced => "replaced",
        }
    }

    /// Where the enrolment stands, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Prepared => "The profile was made. Nobody has installed it on the Mac yet.",
            Self::Lapsed => "Nobody installed the profile within 30 days. It enrols nobody any more.",
            Self::Enrolled => "The Mac is enrolled, and gives its bootstrap token to the vault.",
            Self::Left => "The profile was removed from the Mac. It enrols nobody any more.",
            Self::Replaced => "The Mac enrolled by another profile later.",
        }
    }

    /// What a state that was kept is now: a profile lapses by time alone.
    #[must_use]
    pub fn as_of(self, prepared_at: Timestamp, now: Timestamp) -> Self {
        match self {
            Self::Prepared if now >= prepared_at.plus(WAITS_FOR) => Self::Lapsed,
            other => other,
        }
    }

    /// What `Authenticate` means now.
    pub fn on_authenticate(self) -> Authenticated {
        match self {
            Self::Prepared => Authenticated::Anew,
            Self::Enrolled => Authenticated::Again,
            Self::Lapsed | Self::Left | Self::Replaced => Authenticated::Refused,
        }
    }

    /// Whether the Mac is enrolled by it, so that what it says counts.
    pub fn is_enrolled(self) -> bool {
        self == Self::Enrolled
    }
}

/// Whether a Mac that tells these numbers is the one that an enrolment is for. Both have to be told and to fit: a profile that was
/// carried to another Mac enrols nobody.
pub fn is_this_mac(
    told_serial_number: Option<&str>,
    told_udid: Option<&str>,
    serial_number: &str,
    hardware_uuid: &str,
) -> bool {
    told_serial_number == Some(serial_number) && has_udid(told_udid, hardware_uuid)
}

/// Whether a message is of the Mac of this hardware UUID.
pub fn has_udid(told: Option<&str>, hardware_uuid: &str) -> bool {
    told.is_some_and(|told| told.eq_ignore_ascii_case(hardware_uuid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_profile_that_was_never_installed_enrols_anew() {
        for state in State::ALL {
            let expected = match state {
                State::Prepared => Authenticated::Anew,
                State::Enrolled => Authenticated::Again,
                State::Lapsed | State::Left | State::Replaced => Authenticated::Refused,
            };
            assert_eq!(state.on_authenticate(), expected, "{state:?}");
            assert_eq!(State::from_word(state.word()), Some(state));
        }
    }

    #[test]
    fn a_profile_that_nobody_installed_lapses_after_thirty_days_and_nothing_else_does() {
        let (made, day) = (Timestamp(1_000), 24 * 60 * 60 * 1000);
        let lapses = Timestamp(made.0 + 30 * day);
        for state in State::ALL {
            assert_eq!(state.as_of(made, Timestamp(lapses.0 - 1)), state);
            let expected = match state {
                State::Prepared => State::Lapsed,
                other => other,
            };
            assert_eq!(state.as_of(made, lapses), expected, "{state:?}");
        }
    }

    #[test]
    fn a_mac_is_known_by_both_its_numbers() {
        let uuid = "0A1B2C3D-0000-1111-2222-333344445555";
        assert!(is_this_mac(Some("C02"), Some(uuid), "C02", uuid));
        assert!(is_this_mac(Some("C02"), Some(&uuid.to_lowercase()), "C02", uuid));
        for (serial_number, udid) in [
            (None, Some(uuid)),
            (Some("C02"), None),
            (Some("C03"), Some(uuid)),
            (Some("C02"), Some("00008103-000A1B2C3D4E5F60")),
            (Some(""), Some("")),
        ] {
            assert!(
                !is_this_mac(serial_number, udid, "C02", uuid),
                "{serial_number:?} {udid:?}"
            );
        }
    }
}
