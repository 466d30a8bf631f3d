//! The passcode configuration of declarative management, `com.apple.configuration.passcode.settings`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::account_policies::for_people;
use super::passcode_settings::{CustomRegex, DigitDemand, PasscodeSettings};

/// The keys of the declaration's payload that are about passwords, under Apple's names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct PasscodeDeclaration {
    /// True demands a letter and a digit.
    pub require_alphanumeric_passcode: Option<bool>,
    /// True forbids repeated, ascending and descending characters.
    pub require_complex_passcode: Option<bool>,
    /// At least so many characters.
    pub minimum_length: Option<u32>,
    /// At least so many characters that are neither letters nor digits.
    pub minimum_complex_characters: Option<u32>,
    /// After so many wrong passwords the account is locked. 11 is no limit.
    pub maximum_failed_attempts: Option<u32>,
    /// How long a locked account stays locked.
    pub failed_attempts_reset_in_minutes: Option<u32>,
    /// To be changed after so many days. 0 is never.
    pub maximum_passcode_age_in_days: Option<u32>,
    /// None of the last so many passwords.
    pub passcode_reuse_limit: Option<u32>,
    /// To be changed at the next authentication.
    pub change_at_next_auth: Option<bool>,
    /// An expression to match.
    pub custom_regex: Option<DeclaredRegex>,
}

/// The expression of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeclaredRegex {
    /// The expression, in ICU's language.
    pub regex: String,
    /// What people are told, by language.
    #[serde(default)]
    pub description: BTreeMap<String, String>,
}

impl From<PasscodeDeclaration> for PasscodeSettings {
    fn from(declaration: PasscodeDeclaration) -> Self {
        let some = |number: Option<u32>| number.filter(|number| *number > 0);
        Self {
            min_length: some(declaration.minimum_length),
            min_complex_characters: some(declaration.minimum_complex_characters),
            letters: (declaration.require_alphanumeric_passcode == Some(true))
                .then_some(DigitDemand::Certain),
            no_simple: declaration.require_complex_passcode == Some(true),
            history: some(declaration.passcode_reuse_limit),
            max_age_days: some(declaration.maximum_passcode_age_in_days),
            max_failed_attempts: declaration
                .maximum_failed_attempts
                .filter(|attempts| *attempts < 11),
            minutes_until_failed_login_reset: declaration.failed_attempts_reset_in_minutes,
            change_at_next_authentication: declaration.change_at_next_auth == Some(true),
            custom_regexes: declaration
                .custom_regex
                .map(|regex| CustomRegex {
                    regex: regex.regex,
                    description: for_people(regex.description),
                })
                .into_iter()
                .collect(),
        }
    }
}
