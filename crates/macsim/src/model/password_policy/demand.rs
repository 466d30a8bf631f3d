//! What a new password must look like.

use serde::{Deserialize, Serialize};

use super::expression::Expression;

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
    /// Fewer than this many equal, ascending or descending characters in a row.
    NotSimple(usize),
    /// The whole of it matches this expression. A text that is none is matched by nothing.
    Matches(String),
    /// Any of these.
    Any(Vec<PasswordDemand>),
    /// Anything but this.
    Not(Box<PasswordDemand>),
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
            Self::NotSimple(run) => longest_simple_run(password) < *run,
            Self::Matches(expression) => {
                let matches = |expression: Expression| expression.matches(password);
                expression.parse().ok().and_then(matches).unwrap_or(false)
            }
            Self::Any(demands) => demands.iter().any(|demand| demand.is_met(password)),
            Self::Not(demand) => !demand.is_met(password),
        }
    }

    /// The predicate in `policyContent`.
    #[must_use]
    pub fn content(&self) -> String {
        let class = |class: &str, n: &usize| matches(&format!("(.*[{class}].*){{{n},}}"));
        match self {
            Self::MinLength(length) => matches(&format!(".{{{length},}}")),
            Self::MaxLength(length) => matches(&format!(".{{0,{length}}}")),
            Self::Alphanumeric => matches("(?=.*[0-9])(?=.*[a-zA-Z]).*"),
            Self::Special(n) => class("^a-zA-Z0-9", n),
            Self::LowerCase(n) => class("a-z", n),
            Self::UpperCase(n) => class("A-Z", n),
            Self::Digits(n) => class("0-9", n),
            Self::NotSimple(_) => {
                "policyAttributeConsecutiveCharacters < policyAttributeMaximumConsecutiveCharacters \
                 AND policyAttributeSequentialCharacters < policyAttributeMaximumSequentialCharacters"
                    .to_owned()
            }
            Self::Matches(expression) => matches(expression),
            Self::Any(demands) => {
                let contents: Vec<String> = demands
                    .iter()
                    .map(|demand| format!("({})", demand.content()))
                    .collect();
                contents.join(" OR ")
            }
            Self::Not(demand) => format!("NOT ({})", demand.content()),
        }
    }

    /// The names in the predicate, with their values.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, usize)> {
        match self {
            Self::NotSimple(run) => vec![
                ("policyAttributeMaximumConsecutiveCharacters", *run),
                ("policyAttributeMaximumSequentialCharacters", *run),
            ],
            Self::Any(demands) => demands.iter().flat_map(Self::parameters).collect(),
            Self::Not(demand) => demand.parameters(),
            _ => Vec::new(),
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
            Self::NotSimple(_) => "allowSimple",
            Self::Matches(_) => "customRegex",
            Self::Any(_) => "anyOf",
            Self::Not(_) => "noneOf",
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
            Self::NotSimple(_) => "Not contain repeating or sequential characters.".to_owned(),
            Self::Matches(_) | Self::Any(_) | Self::Not(_) => "Meet the organization's demands.".to_owned(),
        }
    }
}

/// The predicate that the password matches an expression.
fn matches(expression: &str) -> String {
    let quoted = expression.replace('\\', r"\\").replace('\'', r"\'");
    format!("policyAttributePassword matches '{quoted}'")
}

/// How many characters the longest run has that stays, goes up by one or goes down by one.
fn longest_simple_run(password: &str) -> usize {
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    let run_from = |start: usize, step: i64| {
        let pairs = codes[start..].windows(2);
        1 + pairs.take_while(|pair| pair[1] - pair[0] == step).count()
    };
    let starts = 0..codes.len();
    starts
        .flat_map(|start| [-1, 0, 1].map(|step| run_from(start, step)))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demands_count_what_they_name() {
        assert!(PasswordDemand::Special(2).is_met("a!b?"));
        assert!(!PasswordDemand::Special(2).is_met("a!b"));
        assert!(PasswordDemand::NotSimple(3).is_met("aab1b2c3"));
        assert!(!PasswordDemand::NotSimple(2).is_met("aab1b2c3"));
        assert!(!PasswordDemand::NotSimple(3).is_met("xabcx"));
        assert!(!PasswordDemand::NotSimple(3).is_met("x111x"));
        assert_eq!(
            PasswordDemand::MinLength(7).content(),
            "policyAttributePassword matches '.{7,}'"
        );
    }

    #[test]
    fn demands_are_put_together() {
        let either = PasswordDemand::Any(vec![PasswordDemand::MinLength(8), PasswordDemand::Digits(2)]);
        assert!(either.is_met("a12") && either.is_met("abcdefgh") && !either.is_met("abc1"));
        let neither = PasswordDemand::Not(Box::new(either));
        assert!(!neither.is_met("a12") && neither.is_met("abc1"));
        assert_eq!(
            neither.content(),
            "NOT ((policyAttributePassword matches '.{8,}') OR (policyAttributePassword matches '(.*[0-9].*){2,}'))"
        );
        let quoted = PasswordDemand::Matches(r"\d+'".to_owned());
        assert_eq!(quoted.content(), r"policyAttributePassword matches '\\d+\''");
        assert!(quoted.is_met("12'") && !quoted.is_met("dd'"));
    }
}
