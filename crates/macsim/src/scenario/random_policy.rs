//! Random password policies: what payloads ask, what people write by hand, and what nobody should.

use crate::model::password_policy::{DemandOrigin, PasswordDemand, PasswordPolicy};
use crate::model::random::Random;

/// Expressions as they are found in the field; `N`, `M` and `K` stand for numbers, `K` for the greatest.
const EXPRESSIONS: &[&str] = &[
    r"^.{N,K}$",
    r".{M,}+",
    r"^$|.{M,}+",
    r"(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).*",
    r"^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[!@#$%^&*()_+=-]).{M,64}$",
    r"(?:(?=.*\d)(?=.*[a-z])|(?=.*[A-Z])(?=.*\W)).*",
    r"^(?!.*(.)\1).*$",
    r"^(?!.*(.)\1{2}).*$",
    r"(?!.*(?:012|123|234|345|456|567|678|789|abc|xyz)).*",
    r"(?i)(?!.*(?:bestow|admin|pass|apple)).*",
    r"[A-Za-z0-9!@#$%^&*._-]{M,}",
    r"[A-Z].*",
    r"[[:alpha:]].*[[:alnum:]]",
    r".*[0-9]{2}",
    r".*(?<![0-9])",
    r"(?:[a-z]{3,6}-){N,}[a-z0-9-]+",
    r"(?:[A-Z]{N}[a-z]{N,M}[0-9#]){N,}.*",
    r"\p{Lu}.*\p{P}.*",
    r"(?>[a-z]+)[^a-z].*",
    r"(.*[!#%].*){N,}",
    r"(.*[a-z].*){N,}+",
    r"(?=.{M,K}$)\S+",
    r"\S{M,}",
    r"[0-9]{M,K}",
    r"[[a-z0-9]&&[^aeiou]]+.*",
    r".*\b\w{N,}\b.*",
    r"(.)(.).*(?!\1)\2.?",
    r"[^\x00-\x7F]{N,}.*",
    r"(?=.*[0-9])[a-z]{M,}",
];

/// A policy of up to eight demands, each of a profile of its own, and whatever else a policy has. Some can be met by no
/// password.
pub fn random_policy(draw: &mut Random) -> PasswordPolicy {
    let count = draw.below(7);
    let mut demands: Vec<_> = (0..count)
        .map(|_| {
            let demand = demand(draw, 0);
            (demand, DemandOrigin::Profile(draw.uuid()))
        })
        .collect();
    if draw.one_in(2) {
        demands.push((PasswordDemand::MinLength(4), DemandOrigin::BuiltIn));
    }
    let mut maybe = |most: usize| {
        let number = u32::try_from(1 + draw.below(most)).unwrap_or(1);
        draw.one_in(2).then_some(number)
    };
    PasswordPolicy {
        demands,
        max_failed_logins: maybe(11),
        failed_login_reset_minutes: maybe(60),
        max_age_days: maybe(365),
        min_age_hours: maybe(48).filter(|hours| hours % 4 == 0),
        history: maybe(24).and_then(|history| usize::try_from(history).ok()),
    }
}

fn demand(draw: &mut Random, depth: usize) -> PasswordDemand {
    let few = 1 + draw.below(4);
    let most = if draw.one_in(10) { 140 } else { 40 };
    match draw.below(if depth < 2 { 16 } else { 12 }) {
        0 | 1 => PasswordDemand::MinLength(draw.below(most)),
        2 => PasswordDemand::MaxLength(4 + draw.below(60)),
        3 => PasswordDemand::Alphanumeric,
        4 => PasswordDemand::Special(few),
        5 => PasswordDemand::LowerCase(few),
        6 => PasswordDemand::UpperCase(few),
        7 => PasswordDemand::Digits(few),
        8 => PasswordDemand::NotSimple(2 + draw.below(2)),
        9..=11 => PasswordDemand::Matches(expression(draw)),
        12 | 13 => PasswordDemand::Matches(row_of_classes(draw)),
        14 => {
            let ways = 2 + draw.below(2);
            PasswordDemand::Any((0..ways).map(|_| demand(draw, depth + 1)).collect())
        }
        _ => {
            let forbidden = *draw.pick(&["[a-z0-9]*", ".*[0-9]{3}.*", ".*[lI1O0].*", "(?i).*secret.*"]);
            PasswordDemand::Not(Box::new(PasswordDemand::Matches(forbidden.to_owned())))
        }
    }
}

fn expression(draw: &mut Random) -> String {
    let few = 1 + draw.below(3);
    let some = few + draw.below(12);
    let many = some + draw.below(30);
    draw.pick(EXPRESSIONS)
        .replace('N', &few.to_string())
        .replace('M', &some.to_string())
        .replace('K', &many.to_string())
}

/// One class after the other, each a few times.
fn row_of_classes(draw: &mut Random) -> String {
    let mut row = String::new();
    for _ in 0..1 + draw.below(4) {
        let class = draw.pick(&[
            "[a-z]",
            "[A-Z]",
            "[0-9]",
            r"\W",
            ".",
            "[^a-f]",
            r"[\w.]",
            "(?:[a-z][0-9])",
        ]);
        let times = draw.pick(&["", "+", "*", "?", "{2}", "{1,5}", "{3,}", "*?", "{2,}+"]);
        row.push_str(class);
        row.push_str(times);
    }
    row.push_str(".*");
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::password_policy::Expression;

    #[test]
    fn every_expression_is_one() {
        let mut draw = Random::new(1);
        for _ in 0..2_000 {
            for text in [expression(&mut draw), row_of_classes(&mut draw)] {
                assert!(text.parse::<Expression>().is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn a_seed_makes_its_policy() {
        assert_eq!(
            random_policy(&mut Random::new(7)),
            random_policy(&mut Random::new(7))
        );
        assert_ne!(
            random_policy(&mut Random::new(7)),
            random_policy(&mut Random::new(8))
        );
    }
}
