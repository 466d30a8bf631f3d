//! The passcode payload of a configuration profile, `com.apple.mobiledevice.passwordpolicy`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::account_policies::for_people;
use super::passcode_settings::{CustomRegex, DigitDemand, PasscodeSettings};

/// The keys of the payload that are about passwords, under Apple's names. Reads a property list or JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PasscodePayload {
    /// False forbids repeated, ascending and descending characters.
    pub allow_simple: Option<bool>,
    /// After so many wrong passwords the account is locked. 11 is no limit.
    pub max_failed_attempts: Option<u32>,
    /// To be changed after so many days. 0 is never.
    #[serde(rename = "maxPINAgeInDays")]
    pub max_pin_age_in_days: Option<u32>,
    /// At least so many characters that are neither letters nor digits.
    pub min_complex_chars: Option<u32>,
    /// At least so many characters.
    pub min_length: Option<u32>,
    /// True demands letters.
    pub require_alphanumeric: Option<bool>,
    /// None of the last so many passwords.
    pub pin_history: Option<u32>,
    /// How long a locked account stays locked.
    pub minutes_until_failed_login_reset: Option<u32>,
    /// To be changed at the next authentication.
    pub change_at_next_auth: Option<bool>,
    /// An expression to match.
    pub custom_regex: Option<PayloadRegex>,
}

/// The expression of a payload.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayloadRegex {
    /// The expression, in ICU's language.
    pub password_content_regex: String,
    /// What people are told, by language.
    #[serde(default)]
    pub password_content_description: BTreeMap<String, String>,
}

impl From<PasscodePayload> for PasscodeSettings {
    fn from(payload: PasscodePayload) -> Self {
        let some = |number: Option<u32>| number.filter(|number| *number > 0);
        Self {
            min_length: some(payload.min_length),
            min_complex_characters: some(payload.min_complex_chars),
            letters: (payload.require_alphanumeric == Some(true)).then_some(DigitDemand::Disputed),
            no_simple: payload.allow_simple == Some(false),
            history: some(payload.pin_history),
            max_age_days: some(payload.max_pin_age_in_days),
            max_failed_attempts: payload.max_failed_attempts.filter(|attempts| *attempts < 11),
            minutes_until_failed_login_reset: payload.minutes_until_failed_login_reset,
            change_at_next_authentication: payload.change_at_next_auth == Some(true),
            custom_regexes: payload
                .custom_regex
                .map(|regex| CustomRegex {
                    regex: regex.password_content_regex,
                    description: for_people(regex.password_content_description),
                })
                .into_iter()
                .collect(),
        }
    }
}
