//! Expressions mean what they mean to ICU, whose answers are kept in a file; what is not read for certain is not judged.

use password_policy::{Doubt, Verdict};

use crate::support::{regex, verdict};

const ANSWERS: &str = include_str!("../icu_answers.tsv");

#[test]
fn every_answer_is_that_of_icu_or_none() {
    let (mut judged, mut all) = (0, 0);
    for line in ANSWERS.lines().filter(|line| !line.starts_with("# ")) {
        let [expression, text, answer] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line:?} is no answer");
        };
        all += 1;
        let expected = if answer == "yes" {
            Verdict::Met
        } else {
            Verdict::Violated
        };
        match verdict(&regex(expression), text) {
            Verdict::CannotTell(Doubt::UnknownExpression | Doubt::SearchTooLong) => {}
            told => {
                judged += 1;
                assert_eq!(told, expected, "{expression} on {text:?}");
            }
        }
    }
    assert!(judged * 10 > all * 8, "only {judged} of {all} were judged");
}

#[test]
fn the_whole_password_has_to_match() {
    let three = regex("abc");
    assert_eq!(verdict(&three, "abc"), Verdict::Met);
    assert_eq!(verdict(&three, "xabcx"), Verdict::Violated);
    // An alternative does not reach around the ends.
    assert_eq!(verdict(&regex("a|bc"), "abc"), Verdict::Violated);
}

#[test]
fn what_engines_disagree_on_is_not_judged() {
    for expression in [
        r"\h\R",
        r"\X+",
        r"\Qa.b\E",
        r"\N{DIGIT ONE}",
        r"(?x)a b",
        r"(?w)a\b",
        r"[a-z-[aeiou]]",
        r"[[a-z]&[aeiou]]",
        r"[]a]",
        r"(x)?\1",
        r"(?=(a))b\1",
        r"(?<=a+)b",
        r"(a*)*+",
        r"a**",
        r"a{,3}",
        r"a}",
        r"(?i)ſ",
        r"\p{Script=Greek}",
        "",
        "(",
        "[",
        r"\",
    ] {
        assert_eq!(
            verdict(&regex(expression), "abc"),
            Verdict::CannotTell(Doubt::UnknownExpression),
            "{expression}"
        );
    }
}

#[test]
fn a_match_that_goes_astray_ends() {
    let astray = regex(r"(?=((a|aa|aaa|b)+)+c)(.)\3.*");
    let told = verdict(&astray, &"a".repeat(60));
    assert!(
        matches!(
            told,
            Verdict::Violated | Verdict::CannotTell(Doubt::SearchTooLong)
        ),
        "{told:?}"
    );
}

/// Later versions of the engine drop the second `a+` here.
#[test]
fn repetitions_beside_each_other_are_all_needed() {
    assert_eq!(verdict(&regex("a+b*a+"), "a"), Verdict::Violated);
    assert_eq!(verdict(&regex("a+b*a+"), "aa"), Verdict::Met);
}
