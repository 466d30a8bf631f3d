//! Passwords that are made, and proofs that none can be.

use std::collections::BTreeSet;

use password_policy::{CannotGenerate, ConflictKind, Policy, Verdict};
use secrecy::ExposeSecret as _;

use crate::support::{NEW, Seeded, content, regex, verdict};

fn matching(expressions: &[&str]) -> Policy {
    let predicates: Vec<String> = expressions
        .iter()
        .map(|expression| format!("policyAttributePassword matches '{expression}'"))
        .collect();
    let predicates: Vec<&str> = predicates.iter().map(String::as_str).collect();
    content(&predicates)
}

/// A password for a new account, which all rules take.
fn made(policy: &Policy, seed: u64) -> String {
    let generator = policy.generator(NEW).unwrap();
    let generated = generator.draw(&mut Seeded(seed)).unwrap();
    let password = generated.password.expose_secret().to_owned();
    assert!(generated.doubtful.is_empty(), "{:?}", generated.doubtful);
    assert_eq!(verdict(policy, &password), Verdict::Met, "{password}");
    password
}

#[test]
fn without_a_policy_a_password_is_long_strong_and_safe() {
    let policy = Policy::default();
    let generator = policy.generator(NEW).unwrap();
    let mut seen = BTreeSet::new();
    for seed in 0..500 {
        let generated = generator.draw(&mut Seeded(seed)).unwrap();
        let password = generated.password.expose_secret();
        assert_eq!(password.len(), 32);
        assert!(generated.strength_bits > 180.0, "{}", generated.strength_bits);
        assert!(password.starts_with(|first: char| first.is_ascii_alphanumeric()));
        let unsafe_character =
            |character: char| !character.is_ascii_graphic() || "\"'`\\$".contains(character);
        assert!(!password.contains(unsafe_character), "{password}");
        assert!(seen.insert(password.to_owned()), "the same password twice");
    }
}

#[test]
fn what_generated_holds_is_not_shown() {
    let policy = Policy::default();
    let generated = policy.generator(NEW).unwrap().draw(&mut Seeded(1)).unwrap();
    assert!(!format!("{generated:?}").contains(generated.password.expose_secret()));
}

#[test]
fn rules_of_every_kind_are_satisfied_by_construction() {
    let policies = [
        matching(&[
            ".{4,}+",
            "(.*[a-z].*){4,}+",
            "(.*[A-Z].*){4,}+",
            "(.*[0-9].*){4,}+",
            "(.*[^a-zA-Z0-9].*){4,}",
        ]),
        matching(&[".{64,}"]),
        matching(&[".{127}"]),
        matching(&["[0-9]{8}"]),
        matching(&["^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?!.*(.)\\\\1).{8,12}$"]),
        regex(r"(?:[A-Z][a-z]{5}-){3}\d{4}"),
        regex(r"(?i)(?!.*(?:bestow|password)).{40,}"),
        regex(r"\p{Lu}.*\p{P}"),
        regex(r"(?>[a-z]+)[0-9]++.*\b[A-Z]\b.*"),
        content(&[
            "NOT policyAttributePassword CONTAINS '0' AND (policyAttributePassword BEGINSWITH 'Zq' OR FALSEPREDICATE)",
        ]),
        content(&[
            "policyAttributeConsecutiveCharacters < 3",
            "policyAttributeSequentialCharacters < 3",
        ]),
    ];
    for policy in &policies {
        for seed in 0..50 {
            made(policy, seed);
        }
    }
}

#[test]
fn length_gives_way_to_the_policy_and_strength_asks_for_more() {
    assert_eq!(made(&matching(&[".{0,16}"]), 1).len(), 16);
    assert_eq!(made(&matching(&[".{0,40}"]), 1).len(), 32);
    assert_eq!(made(&matching(&[".{50,}"]), 1).len(), 50);
    // Digits are worth less than four bits each.
    let digits = matching(&["[0-9]+"]);
    let generated = digits.generator(NEW).unwrap().draw(&mut Seeded(1)).unwrap();
    assert!(generated.strength_bits >= 128.0 && generated.password.expose_secret().len() > 40);
}

#[test]
fn signs_that_are_asked_for_are_given() {
    let password = made(&matching(&["(.*[$&|<>].*){3,}"]), 1);
    assert!(password.chars().filter(|sign| "$&|<>".contains(*sign)).count() >= 3);
}

/// The rules of the conflict, by their words.
fn conflict(policy: &Policy) -> (ConflictKind, Vec<String>) {
    match policy.generator(NEW) {
        Err(CannotGenerate::Conflict(conflict)) => {
            let words = conflict.rules.iter().map(|rule| rule.words().to_owned());
            (conflict.kind, words.collect())
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("there are passwords"),
    }
}

#[test]
fn a_conflict_names_the_rules_that_make_it_and_no_others() {
    let short = matching(&[".{12,}", "(.*[0-9].*){1,}", ".{0,8}", "(.*[a-z].*){1,}"]);
    let lengths = vec![
        "Contain at least 12 characters.".to_owned(),
        "Contain at most 8 characters.".to_owned(),
    ];
    assert_eq!(conflict(&short), (ConflictKind::NoPassword, lengths));
    let signs = matching(&[".{4,}", "(.*[^a-zA-Z0-9].*){4,}", ".{0,6}", "(.*[a-zA-Z].*){3,}"]);
    assert_eq!(conflict(&signs).1.len(), 3);
    let pin = matching(&["[0-9]{6}", "(.*[a-zA-Z].*){1,}"]);
    assert_eq!(conflict(&pin).1.len(), 2);
}

#[test]
fn an_expression_that_nothing_matches_is_found_out() {
    for nothing in [
        r"(?=.*[0-9])[a-z]*",
        r"[^\x00-\x7F]{8,}",
        r"(?!.*)",
        r"abc(?<=x)$(?!)",
        r".{8,}(?=x)",
    ] {
        let (kind, rules) = conflict(&regex(nothing));
        assert_eq!((kind, rules.len()), (ConflictKind::NoPassword, 1), "{nothing}");
    }
    assert_eq!(conflict(&matching(&[".{128,}"])).0, ConflictKind::OnlyTooLong);
    assert_eq!(
        conflict(&matching(&["[ ]+.*"])).0,
        ConflictKind::OnlyUnsafeCharacters
    );
    assert_eq!(
        conflict(&content(&["FALSEPREDICATE"])).0,
        ConflictKind::NoPassword
    );
}

#[test]
fn a_conflict_reads_as_a_sentence() {
    let Err(error) = matching(&[".{12,}", ".{0,8}"]).generator(NEW).map(drop) else {
        panic!("there are no passwords");
    };
    assert_eq!(
        error.to_string(),
        "no password satisfies these rules together: Contain at least 12 characters.; Contain at most 8 characters."
    );
}

#[test]
fn rules_that_cannot_be_read_are_told_with_the_password() {
    let policy = content(&[
        "policyAttributePassword SOUNDSLIKE 'x'",
        "policyAttributePassword matches '.{40,}'",
    ]);
    let generated = policy.generator(NEW).unwrap().draw(&mut Seeded(1)).unwrap();
    assert_eq!(generated.doubtful.len(), 1);
    assert_eq!(generated.password.expose_secret().len(), 40);
}

#[test]
fn of_two_readings_both_are_satisfied_where_that_can_be() {
    // Read as `NSPredicate` does it is `.*dw.*`.
    made(&content(&[r"policyAttributePassword matches '.*\d\w.*'"]), 1);
    let torn = content(&[r"policyAttributePassword matches '\d{30}'"]);
    let generated = torn.generator(NEW).unwrap().draw(&mut Seeded(1)).unwrap();
    assert_eq!(generated.doubtful.len(), 1);
}

#[test]
fn a_policy_beyond_all_reason_is_refused_and_does_not_hang() {
    let many: Vec<String> = (0..40)
        .map(|n| {
            format!(
                "(?=.*{n}.*{n}.*{n}.*)(?=.{{{n},}}.*[a-{}]).*",
                char::from(b'b' + (n % 20) as u8)
            )
        })
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let policy = matching(&many);
    assert!(matches!(policy.generator(NEW), Err(CannotGenerate::TooComplex)));
}
