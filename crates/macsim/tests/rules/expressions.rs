//! Expressions mean what they mean to ICU, whose answers are kept in a file.

use macsim::model::password_policy::Expression;

const ANSWERS: &str = include_str!("../../../password-policy/tests/icu_answers.tsv");

#[test]
fn every_answer_is_that_of_icu_or_none() {
    let (mut known, mut all) = (0, 0);
    for line in ANSWERS.lines().filter(|line| !line.starts_with("# ")) {
        let [expression, text, answer] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line:?} is no answer");
        };
        all += 1;
        let read = expression.parse::<Expression>().ok();
        if let Some(matches) = read.and_then(|expression| expression.matches(text)) {
            known += 1;
            assert_eq!(matches, answer == "yes", "{expression} on {text:?}");
        }
    }
    assert!(known * 10 > all * 8, "only {known} of {all} are known");
}
