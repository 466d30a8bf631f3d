//! Characters beside one another that make a password "simple": repeated, ascending or descending ones.
//!
//! Apple writes "such as 123 or CBA" and does not say whether two in a row count, or whether case does. So there is a
//! strict measure and a plain one: a password that has not even two such characters side by side is fine by every
//! count; one with three in a row, in one direction, is what Apple's examples show.

use crate::chars::Chars;

/// The characters that are the same as `code` or next to it, whatever their case.
pub(crate) fn neighbours_of(code: u8) -> Chars {
    let around = |code: u8| Chars::range(code.saturating_sub(1), code.saturating_add(1));
    if !code.is_ascii_alphanumeric() {
        return around(code);
    }
    let folded = around(code.to_ascii_lowercase()).intersection(Chars::ALPHANUMERIC);
    around(code).union(folded.with_both_cases())
}

/// How many characters the longest chain of neighbours has. 1 when there are none.
pub(super) fn longest_chain(password: &str) -> usize {
    let mut longest = usize::from(!password.is_empty());
    let mut chain = 1;
    for pair in password.as_bytes().windows(2) {
        chain = if neighbours_of(pair[0]).contains(pair[1]) {
            chain + 1
        } else {
            1
        };
        longest = longest.max(chain);
    }
    longest
}

/// Whether three in a row are the same, or go up, or go down.
pub(super) fn has_plain_run(password: &str) -> bool {
    password.as_bytes().windows(3).any(|three| {
        let step = |one: u8, other: u8| i16::from(other) - i16::from(one);
        let (first, second) = (step(three[0], three[1]), step(three[1], three[2]));
        first == second && first.abs() <= 1
    })
}

#[cfg(test)]
mod tests {
    use super::{has_plain_run, longest_chain};

    #[test]
    fn chains_are_counted_strictly_and_runs_plainly() {
        assert_eq!(longest_chain(""), 0);
        assert_eq!(longest_chain("a1x"), 1);
        assert_eq!(longest_chain("xaAbz"), 3);
        assert!(has_plain_run("x123x") && has_plain_run("CBA") && has_plain_run("--- "));
        assert!(!has_plain_run("aabb") && !has_plain_run("121") && !has_plain_run("aAa"));
    }
}
