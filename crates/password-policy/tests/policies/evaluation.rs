//! What policies say to passwords: met, violated, or cannot tell; never a guess.

use password_policy::{
    AccountPolicies, Before, Category, CustomRegex, DigitDemand, Doubt, PasscodeSettings, Policy, Scope,
    Subject, Verdict,
};
use secrecy::SecretString;

use crate::support::{NEW, content, rule, verdict};

fn cannot_tell(doubt: Doubt) -> Verdict {
    Verdict::CannotTell(doubt)
}

#[test]
fn predicates_are_read_with_their_logic() {
    let password = |predicate: &str, password: &str| verdict(&content(&[predicate]), password);
    let either = "policyAttributePassword matches '.{12,}' OR policyAttributePassword MATCHES '.*[0-9].*'";
    assert_eq!(password(either, "abc1"), Verdict::Met);
    assert_eq!(password(either, "abc"), Verdict::Violated);
    let neither = "NOT (policyAttributePassword matches[c] '.*secret.*' || policyAttributePassword == 'x')";
    assert_eq!(password(neither, "my SECRET"), Verdict::Violated);
    assert_eq!(password(neither, "x"), Verdict::Violated);
    assert_eq!(password(neither, "X"), Verdict::Met);
    let name = "NOT policyAttributePassword CONTAINS[c] policyAttributeRecordName";
    assert_eq!(password(name, "x_Bestow1"), Verdict::Violated);
    assert_eq!(password(name, "x_bestor1"), Verdict::Met);
    assert_eq!(password("TRUEPREDICATE AND (1 + 2 * 3 == 7)", "x"), Verdict::Met);
}

#[test]
fn what_is_not_known_settles_nothing_unless_the_rest_does() {
    let unknown = "policyAttributePassword SOUNDSLIKE 'x'";
    let told = |predicate: &str| verdict(&content(&[predicate]), "abc");
    assert_eq!(told(unknown), cannot_tell(Doubt::UnknownPredicate));
    assert_eq!(told(""), cannot_tell(Doubt::UnknownPredicate));
    assert_eq!(
        told("policyAttributeSomething > 3"),
        cannot_tell(Doubt::UnknownValue)
    );
    assert_eq!(
        told("policyAttributeSomething > 3 OR policyAttributePassword matches 'abc'"),
        Verdict::Met
    );
    // One rule that is violated settles the policy, whatever is unknown beside it.
    let both = content(&[unknown, "policyAttributePassword matches '.{8,}'"]);
    let evaluation = both.evaluate(&SecretString::from("abc"), NEW);
    assert_eq!(evaluation.verdict(), Verdict::Violated);
    assert_eq!(evaluation.doubtful().count(), 1);
    let words: Vec<&str> = evaluation.violated().map(|rule| rule.words()).collect();
    assert_eq!(words, ["Contain at least 8 characters."]);
}

#[test]
fn hostile_predicates_end_soon() {
    for hostile in [
        "(".repeat(5_000),
        "-".repeat(5_000),
        "not ".repeat(5_000),
        "'".repeat(5_001),
    ] {
        let told = verdict(&content(&[&hostile]), "abc");
        assert_eq!(told, cannot_tell(Doubt::UnknownPredicate));
    }
    let nested = format!(
        "policyAttributePassword matches '{}a{}'",
        "(".repeat(900),
        ")".repeat(900)
    );
    assert_eq!(
        verdict(&content(&[&nested]), "abc"),
        cannot_tell(Doubt::UnknownExpression)
    );
}

#[test]
fn a_loose_backslash_can_mean_two_things() {
    // `NSPredicate` reads the first as `d{4}`; who wrote it meant four digits.
    let loose = content(&[r"policyAttributePassword matches '\d{4}'"]);
    assert_eq!(verdict(&loose, "1234"), cannot_tell(Doubt::SeveralReadings));
    assert_eq!(verdict(&loose, "dddd"), cannot_tell(Doubt::SeveralReadings));
    assert_eq!(verdict(&loose, "12"), Verdict::Violated);
    let escaped = content(&[r"policyAttributePassword matches '\\d{4}'"]);
    assert_eq!(verdict(&escaped, "1234"), Verdict::Met);
    assert_eq!(verdict(&escaped, "dddd"), Verdict::Violated);
}

#[test]
fn beyond_ascii_only_what_needs_no_counting_is_told() {
    let policy = content(&["policyAttributePassword matches '.{4,}'"]);
    assert_eq!(verdict(&policy, "pässwört"), cannot_tell(Doubt::BeyondAscii));
    assert_eq!(verdict(&policy, "tab\tbed"), cannot_tell(Doubt::BeyondAscii));
    assert_eq!(verdict(&content(&["TRUEPREDICATE"]), "pässwört"), Verdict::Met);
    assert_eq!(verdict(&Policy::default(), "pässwört"), Verdict::Met);
}

#[test]
fn simple_passwords_are_those_of_apples_examples() {
    let settings = PasscodeSettings {
        no_simple: true,
        ..PasscodeSettings::default()
    };
    let policy = Policy::of_settings(&settings);
    assert_eq!(verdict(&policy, "x123y"), Verdict::Violated);
    assert_eq!(verdict(&policy, "xCBAy"), Verdict::Violated);
    assert_eq!(verdict(&policy, "x---y"), Verdict::Violated);
    assert_eq!(verdict(&policy, "1a9z"), Verdict::Met);
    // Whether two count, Apple does not say.
    assert_eq!(verdict(&policy, "xaay"), cannot_tell(Doubt::Undocumented));
    // Nor how these two values are counted.
    let counted = content(&["policyAttributeSequentialCharacters < 3"]);
    assert_eq!(verdict(&counted, "1a9z"), Verdict::Met);
    assert_eq!(verdict(&counted, "12a9z"), Verdict::Met);
    assert_eq!(verdict(&counted, "123a9z"), cannot_tell(Doubt::Undocumented));
}

#[test]
fn the_own_meaning_of_a_payloads_key_stands_in_for_an_unknown_predicate() {
    let mut simple = rule("policyAttributeWhatever == 0", &[]);
    simple.identifier = Some("ProfilePayload:3B01C197-EA69-4DAE-A872-5C6AB9816A2B:allowSimple".to_owned());
    let policies = AccountPolicies {
        password_content: vec![simple],
        ..AccountPolicies::default()
    };
    let policy = Policy::of_directory(&policies, Scope::AllAccounts);
    assert_eq!(verdict(&policy, "abc-1"), Verdict::Violated);
    assert_eq!(verdict(&policy, "a1-b7"), Verdict::Met);
}

#[test]
fn letters_alone_are_disputed_where_the_schema_and_macos_differ() {
    let with = |digit| {
        Policy::of_settings(&PasscodeSettings {
            letters: Some(digit),
            ..PasscodeSettings::default()
        })
    };
    let (disputed, certain) = (with(DigitDemand::Disputed), with(DigitDemand::Certain));
    assert_eq!(verdict(&disputed, "1234"), Verdict::Violated);
    assert_eq!(verdict(&disputed, "abcd"), cannot_tell(Doubt::SeveralReadings));
    assert_eq!(verdict(&certain, "abcd"), Verdict::Violated);
    assert_eq!(verdict(&disputed, "abc1"), Verdict::Met);
}

#[test]
fn of_several_expressions_each_may_not_count() {
    let regex = |regex: &str| CustomRegex {
        regex: regex.to_owned(),
        description: Some("Be like that.".to_owned()),
    };
    let settings = |regexes: &[&str]| PasscodeSettings {
        custom_regexes: regexes.iter().map(|text| regex(text)).collect(),
        ..PasscodeSettings::default()
    };
    let one = Policy::of_settings(&settings(&["[a-z]+"]));
    assert_eq!(verdict(&one, "ABC"), Verdict::Violated);
    assert_eq!(one.rules()[0].words(), "Be like that.");
    let two = Policy::of_settings(&settings(&["[a-z]+"]).combined_with(settings(&[".{2,}"])));
    assert_eq!(verdict(&two, "ABC"), cannot_tell(Doubt::SeveralReadings));
    assert_eq!(verdict(&two, "abc"), Verdict::Met);
}

#[test]
fn history_and_minimum_age_are_about_accounts_that_had_a_password() {
    let policies = AccountPolicies {
        password_content: vec![
            rule(
                "none policyAttributePasswordHashes in policyAttributePasswordHistory",
                &[("policyAttributePasswordHistoryDepth", 5.0)],
            ),
            rule(
                "policyAttributeLastPasswordChangeTime < policyAttributeCurrentTime - (policyAttributeMinimumLifetimeHours * 60 * 60)",
                &[("policyAttributeMinimumLifetimeHours", 24.0)],
            ),
        ],
        ..AccountPolicies::default()
    };
    let policy = Policy::of_directory(&policies, Scope::AllAccounts);
    let told = |before| {
        let subject = Subject {
            record_name: "_bestow",
            before,
        };
        let evaluation = policy.evaluate(&SecretString::from("x"), subject);
        evaluation
            .judgements()
            .iter()
            .map(|(_, told)| *told)
            .collect::<Vec<_>>()
    };
    let unknown = cannot_tell(Doubt::UnknownValue);
    assert_eq!(told(None), [Verdict::Met, unknown]);
    let set = |hours_ago: i64| {
        Some(Before {
            now_s: 1_760_000_000,
            password_set_at_s: Some(1_760_000_000 - hours_ago * 3600),
        })
    };
    assert_eq!(told(set(23)), [unknown, Verdict::Violated]);
    assert_eq!(told(set(25)), [unknown, Verdict::Met]);
}

#[test]
fn rules_of_the_mac_and_of_one_account_all_hold_and_are_counted_once() {
    let policies = |contents: &[&str]| AccountPolicies {
        password_content: contents.iter().map(|content| rule(content, &[])).collect(),
        ..AccountPolicies::default()
    };
    let long = "policyAttributePassword matches '.{8,}'";
    let digit = "policyAttributePassword matches '(.*[0-9].*){1,}+'";
    let everybody = Policy::of_directory(&policies(&[long]), Scope::AllAccounts);
    let both = everybody.and(Policy::of_directory(&policies(&[long, digit]), Scope::OneAccount));
    let scopes: Vec<Scope> = both.rules().iter().map(|rule| rule.scope()).collect();
    assert_eq!(scopes, [Scope::AllAccounts, Scope::OneAccount]);
    assert!(
        both.rules()
            .iter()
            .all(|rule| rule.category() == Category::PasswordContent)
    );
    assert_eq!(verdict(&both, "abcdefgh"), Verdict::Violated);
    assert_eq!(verdict(&both, "abcdefg1"), Verdict::Met);
}

#[test]
fn rules_without_words_of_their_own_get_some() {
    let words = |predicate: &str| content(&[predicate]).rules()[0].words().to_owned();
    for (expression, expected) in [
        (".{4,}+", "Contain at least 4 characters."),
        ("^$|.{4,}+", "Contain nothing, or at least 4 characters."),
        ("^.{12,}$", "Contain at least 12 characters."),
        (".{0,16}", "Contain at most 16 characters."),
        ("(.*[a-z].*){1,}+", "Contain at least one lower-case letter."),
        (
            "(.*[^a-zA-Z0-9].*){2,}",
            "Contain at least 2 characters that are neither letters nor digits.",
        ),
        (
            "^(?=.*[A-Z])(?=.*[0-9]).{8,}$",
            "Contain at least one upper-case letter, and at least one digit, and at least 8 characters.",
        ),
        ("(.*[xyz].*){3,}", "Contain at least 3 of xyz."),
    ] {
        assert_eq!(
            words(&format!("policyAttributePassword matches '{expression}'")),
            expected
        );
    }
    let odd = "policyAttributePassword matches '(?:ab)+'";
    assert_eq!(words(odd), odd, "a rule that has no simple words stands as it is");
}
