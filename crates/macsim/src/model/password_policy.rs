//! Password policies: what a new password must look like and how many wrong ones an account survives.

use serde::{Deserialize, Serialize};

/// One demand on new passwords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordDemand {
    /// At least this many characters.
    MinLength(usize),
    /// At most this many characters.
    MaxLength(usize),
    /// At least one letter and one digit.
    Alphanumeric,
    /// At least this many characters that are neither letters nor digits.
    Special(usize),
    /// At least this many lower-case letters.
    LowerCase(usize),
    /// At least this many upper-case letters.
    UpperCase(usize),
    /// At least this many digits.
    Digits(usize),
    /// No three equal or consecutive characters in a row.
    NotSimple,
}

/// Where a demand comes from; this decides its identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandOrigin {
    /// Built into macOS.
    BuiltIn,
    /// A passcode payload of this profile.
    Profile(String),
    /// Written by hand with `pwpolicy -setaccountpolicies`.
    Local,
}

/// The effective global policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPolicy {
    /// Demands with their origin, in the order `pwpolicy` prints them.
    pub demands: Vec<(PasswordDemand, DemandOrigin)>,
    /// After so many wrong passwords the account is locked.
    pub max_failed_logins: Option<u32>,
    /// Passwords older than this many days have expired.
    pub max_age_days: Option<u32>,
}

impl PasswordDemand {
    /// Whether `password` meets the demand.
    #[must_use]
    pub fn is_met(&self, password: &str) -> bool {
        let count = |wanted: fn(char) -> bool| password.chars().filter(|c| wanted(*c)).count();
        match self {
            Self::MinLength(length) => password.chars().count() >= *length,
            Self::MaxLength(length) => password.chars().count() <= *length,
            Self::Alphanumeric => count(|c| c.is_ascii_alphabetic()) > 0 && count(|c| c.is_ascii_digit()) > 0,
            Self::Special(n) => count(|c| !c.is_ascii_alphanumeric()) >= *n,
            Self::LowerCase(n) => count(|c| c.is_ascii_lowercase()) >= *n,
            Self::UpperCase(n) => count(|c| c.is_ascii_uppercase()) >= *n,
            Self::Digits(n) => count(|c| c.is_ascii_digit()) >= *n,
            Self::NotSimple => !has_simple_run(password),
        }
    }

    /// The predicate in `policyContent`.
    #[must_use]
    pub fn content(&self) -> String {
        let class =
            |class: &str, n: &usize| format!("policyAttributePassword matches '(.*[{class}].*){{{n},}}'");
        match self {
            Self::MinLength(length) => format!("policyAttributePassword matches '.{{{length},}}'"),
            Self::MaxLength(length) => format!("policyAttributePassword matches '.{{0,{length}}}'"),
            Self::Alphanumeric => "policyAttributePassword matches '(?=.*[0-9])(?=.*[a-zA-Z]).*'".to_owned(),
            Self::Special(n) => class("^a-zA-Z0-9", n),
            Self::LowerCase(n) => class("a-z", n),
            Self::UpperCase(n) => class("A-Z", n),
            Self::Digits(n) => class("0-9", n),
            Self::NotSimple => "policyAttributePasswordHasSimplePattern = 0".to_owned(),
        }
    }

    /// The last part of the identifier.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Alphanumeric => "requireAlphanumeric",
            Self::Special(_) => "minComplexChars",
            Self::LowerCase(_) => "minLowerCase",
            Self::UpperCase(_) => "minUpperCase",
            Self::Digits(_) => "minDigits",
            Self::NotSimple => "allowSimple",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn description(&self) -> String {
        match self {
            Self::MinLength(n) => format!("Contain at least {n} characters."),
            Self::MaxLength(n) => format!("Contain at most {n} characters."),
            Self::Alphanumeric => "Contain at least one number and one letter.".to_owned(),
            Self::Special(n) => format!("Contain at least {n} special characters."),
            Self::LowerCase(n) => format!("Contain at least {n} lowercase letters."),
            Self::UpperCase(n) => format!("Contain at least {n} uppercase letters."),
            Self::Digits(n) => format!("Contain at least {n} digits."),
            Self::NotSimple => "Not contain repeating or sequential characters.".to_owned(),
        }
    }
}

impl PasswordPolicy {
    /// Whether macOS accepts `password` as a new one.
    #[must_use]
    pub fn allows(&self, password: &str) -> bool {
        self.demands.iter().all(|(demand, _)| demand.is_met(password))
    }
}

fn has_simple_run(password: &str) -> bool {
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    codes.windows(3).any(|run| {
        let (first, second) = (run[1] - run[0], run[2] - run[1]);
        first == second && (-1..=1).contains(&first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demands_count_what_they_name() {
        assert!(PasswordDemand::Special(2).is_met("a!b?"));
        assert!(!PasswordDemand::Special(2).is_met("a!b"));
        assert!(PasswordDemand::NotSimple.is_met("aab1b2c3"));
        assert!(!PasswordDemand::NotSimple.is_met("xabcx"));
        assert!(!PasswordDemand::NotSimple.is_met("x111x"));
        assert_eq!(
            PasswordDemand::MinLength(7).content(),
            "policyAttributePassword matches '.{7,}'"
        );
    }
}
