//! What an MDM asks of passcodes, whichever way it says so, and how Apple combines it.

/// Demands on the passwords of a Mac. What is `None` or false is not demanded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PasscodeSettings {
    /// At least so many characters.
    pub min_length: Option<u32>,
    /// At least so many characters that are neither letters nor digits.
    pub min_complex_characters: Option<u32>,
    /// At least one letter; see [`DigitDemand`].
    pub letters: Option<DigitDemand>,
    /// Neither repeated nor ascending nor descending characters.
    pub no_simple: bool,
    /// None of the last so many passwords.
    pub history: Option<u32>,
    /// To be changed after so many days.
    pub max_age_days: Option<u32>,
    /// After so many wrong passwords the account is locked.
    pub max_failed_attempts: Option<u32>,
    /// So many minutes later it is open again.
    pub minutes_until_failed_login_reset: Option<u32>,
    /// To be changed at the next authentication.
    pub change_at_next_authentication: bool,
    /// Expressions to match.
    pub custom_regexes: Vec<CustomRegex>,
}

/// Whether a digit is demanded beside a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigitDemand {
    /// Apple's schema says "alphabetic characters instead of only numeric"; macOS describes the rule that comes of it as
    /// "at least one number and one alphabetic character".
    Disputed,
    /// Apple's schema demands one.
    Certain,
}

/// An expression that passwords have to match, in ICU's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomRegex {
    /// The expression.
    pub regex: String,
    /// What people are told.
    pub description: Option<String>,
}

impl PasscodeSettings {
    /// Combines settings of one kind as the table in Apple's schema of `passcode.settings` says: the greater of two
    /// lengths, the smaller of two ages, limits and histories, either of two demands. The table is silent on
    /// expressions: all are kept.
    #[must_use]
    pub fn combined_with(mut self, other: Self) -> Self {
        fn greater(one: Option<u32>, other: Option<u32>) -> Option<u32> {
            one.max(other)
        }
        fn smaller(one: Option<u32>, other: Option<u32>) -> Option<u32> {
            one.into_iter().chain(other).min()
        }
        self.min_length = greater(self.min_length, other.min_length);
        self.min_complex_characters = greater(self.min_complex_characters, other.min_complex_characters);
        self.letters = match (self.letters, other.letters) {
            (Some(DigitDemand::Certain), _) | (_, Some(DigitDemand::Certain)) => Some(DigitDemand::Certain),
            (one, other) => one.or(other),
        };
        self.no_simple |= other.no_simple;
        self.history = smaller(self.history, other.history);
        self.max_age_days = smaller(self.max_age_days, other.max_age_days);
        self.max_failed_attempts = smaller(self.max_failed_attempts, other.max_failed_attempts);
        self.minutes_until_failed_login_reset = smaller(
            self.minutes_until_failed_login_reset,
            other.minutes_until_failed_login_reset,
        );
        self.change_at_next_authentication |= other.change_at_next_authentication;
        for regex in other.custom_regexes {
            if !self.custom_regexes.contains(&regex) {
                self.custom_regexes.push(regex);
            }
        }
        self
    }
}
