//! Why no password satisfies a policy: a smallest set of rules that leaves none.

use std::fmt;

use super::SAFE;
use crate::chars::Chars;
use crate::language::{Language, Readings, TooComplex};
use crate::rule::Rule;

/// Rules that no password satisfies together. Leave out any one of them, and some password does.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Why there is none.
    pub kind: ConflictKind,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// Why there is no password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictKind {
    /// No password of printable ASCII characters satisfies the rules.
    NoPassword,
    /// Only passwords that are longer than what Apple's prompts take.
    OnlyTooLong,
    /// Only passwords with quotes, backslashes or spaces.
    OnlyUnsafeCharacters,
}

impl std::error::Error for Conflict {}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match (self.kind, self.rules.len()) {
            (ConflictKind::NoPassword, 1) => "no password satisfies this rule",
            (ConflictKind::NoPassword, _) => "no password satisfies these rules together",
            (ConflictKind::OnlyTooLong, _) => "only passwords that are too long for Apple's prompts satisfy",
            (ConflictKind::OnlyUnsafeCharacters, _) => {
                "only passwords with quotes, backslashes or spaces satisfy"
            }
        };
        f.write_str(why)?;
        for (index, rule) in self.rules.iter().enumerate() {
            let before = if index == 0 { ": " } else { "; " };
            write!(f, "{before}{rule}")?;
        }
        Ok(())
    }
}

/// Finds the smallest set of `rules` that leaves no password, and why. Together they leave none that is safe.
pub(super) fn find(language: &Language, rules: &[&Rule]) -> Result<Conflict, TooComplex> {
    let leave_none = |kept: &[usize], alphabet| {
        let (product, _) = language.together(kept, Readings::Any, alphabet)?;
        Ok(product.is_empty())
    };
    let all: Vec<usize> = (0..rules.len()).collect();
    let (alphabet, kind) = if leave_none(&all, Chars::ALL)? {
        (Chars::ALL, ConflictKind::NoPassword)
    } else {
        (SAFE, ConflictKind::OnlyUnsafeCharacters)
    };
    let mut kept = all;
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        if leave_none(&fewer, alphabet)? {
            kept = fewer;
        } else {
            at += 1;
        }
    }
    let too_long = matches!(kept[..], [only] if language.allows_something(only));
    Ok(Conflict {
        kind: if too_long && kind == ConflictKind::NoPassword {
            ConflictKind::OnlyTooLong
        } else {
            kind
        },
        rules: kept.into_iter().map(|rule| rules[rule].clone()).collect(),
    })
}
