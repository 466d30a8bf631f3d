//! Rules that come of what an MDM asks, before they are on the Mac.

use super::words;
use super::{Category, Rule, Scope};
use crate::pattern::Pattern;
use crate::predicate::{Number, Predicate, Relation};
use crate::source::{CustomRegex, DigitDemand, PasscodeSettings};
use crate::verdict::Doubt;

impl Rule {
    /// The rules that these settings come to.
    pub(crate) fn from_settings(settings: &PasscodeSettings) -> Vec<Self> {
        let content = Category::PasswordContent;
        let mut rules = Vec::new();
        if let Some(length) = settings.min_length {
            rules.push(rule(
                "minLength",
                content,
                vec![matches(&format!(".{{{length},}}"))],
            ));
        }
        if let Some(count) = settings.min_complex_characters {
            let expression = format!("(.*[^a-zA-Z0-9].*){{{count},}}");
            rules.push(rule("minComplexChars", content, vec![matches(&expression)]));
        }
        if let Some(digit) = settings.letters {
            let mut readings = vec![matches("(?=.*[a-zA-Z])(?=.*[0-9]).*")];
            if digit == DigitDemand::Disputed {
                readings.push(matches(".*[a-zA-Z].*"));
            }
            rules.push(rule("requireAlphanumeric", content, readings));
        }
        if settings.no_simple {
            rules.push(rule("allowSimple", content, vec![Predicate::NotSimple]));
        }
        if let Some(depth) = settings.history {
            let history = Predicate::NotInHistory { depth: Some(depth) };
            rules.push(rule("pinHistory", content, vec![history]));
        }
        let one_of_several = settings.custom_regexes.len() > 1;
        let regexes = settings.custom_regexes.iter();
        rules.extend(regexes.map(|regex| custom(regex, one_of_several)));
        rules.extend(settings.max_age_days.map(max_age));
        rules.extend(
            settings
                .max_failed_attempts
                .map(|attempts| max_failed_attempts(attempts, settings.minutes_until_failed_login_reset)),
        );
        if settings.change_at_next_authentication {
            let unknown = Predicate::Unknown(Doubt::UnknownValue);
            let words = "Has to be changed at the next authentication.";
            rules.push(Self {
                words: words.to_owned(),
                ..rule("changeAtNextAuth", Category::PasswordChange, vec![unknown])
            });
        }
        rules
    }
}

fn rule(key: &str, category: Category, readings: Vec<Predicate>) -> Rule {
    let words = words::of(&readings[0]).unwrap_or_else(|| key.to_owned());
    Rule {
        identifier: Some(key.to_owned()),
        category,
        scope: Scope::AllAccounts,
        text: words.clone(),
        words,
        readings,
    }
}

fn matches(expression: &str) -> Predicate {
    match Pattern::new(expression, false) {
        Ok(pattern) => Predicate::Matches(Box::new(pattern)),
        Err(_) => Predicate::Unknown(Doubt::UnknownExpression),
    }
}

/// An expression of a payload. Apple does not say what becomes of several: each may be the one that does not count.
fn custom(regex: &CustomRegex, one_of_several: bool) -> Rule {
    let mut readings = vec![matches(&regex.regex)];
    if one_of_several {
        readings.push(Predicate::Constant(true));
    }
    let own = regex.description.clone().filter(|own| !own.trim().is_empty());
    let words = own.unwrap_or_else(|| words::of_expression(&readings[0], &regex.regex));
    Rule {
        words,
        text: regex.regex.clone(),
        ..rule("customRegex", Category::PasswordContent, readings)
    }
}

fn named(name: &str) -> Box<Number> {
    Box::new(Number::Named(format!("policyAttribute{name}")))
}

fn constant(number: u32) -> Box<Number> {
    Box::new(Number::Constant(f64::from(number)))
}

/// It has to be changed when it is older than so many days.
fn max_age(days: u32) -> Rule {
    let age = Number::Product(constant(days), constant(24 * 60 * 60));
    let expired = Predicate::Compares {
        left: *named("CurrentTime"),
        relation: Relation::Greater,
        right: Number::Sum(named("LastPasswordChangeTime"), Box::new(age)),
    };
    Rule {
        words: format!("Has to be changed after {days} days."),
        ..rule("maxPINAgeInDays", Category::PasswordChange, vec![expired])
    }
}

/// The account may authenticate while there were fewer wrong passwords, or long enough after the last one.
fn max_failed_attempts(attempts: u32, minutes: Option<u32>) -> Rule {
    let fewer = Predicate::Compares {
        left: *named("FailedAuthentications"),
        relation: Relation::Less,
        right: *constant(attempts),
    };
    let reset = minutes.map(|minutes| Predicate::Compares {
        left: *named("CurrentTime"),
        relation: Relation::Greater,
        right: Number::Sum(
            named("LastFailedAuthenticationTime"),
            constant(minutes.saturating_mul(60)),
        ),
    });
    let words = match minutes {
        Some(minutes) => format!("Locked for {minutes} minutes after {attempts} wrong passwords."),
        None => format!("Locked after {attempts} wrong passwords."),
    };
    let allowed = Predicate::Any([fewer].into_iter().chain(reset).collect());
    Rule {
        words,
        ..rule("maxFailedAttempts", Category::Authentication, vec![allowed])
    }
}
