//! The signs of a predicate's text.

/// One sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sign {
    /// A keyword, a name, or a path such as `policyAttributePassword.length`.
    Word(String),
    Number(f64),
    /// A quoted text as it is written, without its quotes.
    Quoted(String),
    /// An operator or a bracket.
    Mark(&'static str),
}

/// Longer ones first.
const MARKS: [&str; 25] = [
    "==", "!=", "<>", "<=", "=<", ">=", "=>", "&&", "||", "=", "<", ">", "!", "(", ")", "[", "]", "{", "}",
    ",", "+", "-", "*", "/", "%",
];

/// Takes a predicate apart. `None` when it holds a sign that predicates do not have, or a quote that does not end.
pub(super) fn signs(text: &str) -> Option<Vec<Sign>> {
    let mut rest = text.trim_start();
    let mut signs = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (sign, length) = match first {
            '\'' | '"' => quoted(rest, first)?,
            '0'..='9' => number(rest)?,
            _ if first.is_ascii_alphabetic() || matches!(first, '_' | '$' | '@') => word(rest),
            _ => {
                let mark = MARKS.into_iter().find(|mark| rest.starts_with(mark))?;
                (Sign::Mark(mark), mark.len())
            }
        };
        signs.push(sign);
        rest = rest[length..].trim_start();
    }
    Some(signs)
}

fn quoted(rest: &str, quote: char) -> Option<(Sign, usize)> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if character == quote && !escaped {
            return Some((Sign::Quoted(rest[1..at].to_owned()), at + 1));
        }
        escaped = character == '\\' && !escaped;
    }
    None
}

fn number(rest: &str) -> Option<(Sign, usize)> {
    let end = rest
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(rest.len());
    Some((Sign::Number(rest[..end].parse().ok()?), end))
}

fn word(rest: &str) -> (Sign, usize) {
    let in_word = |character: char| character.is_ascii_alphanumeric() || "_.$@".contains(character);
    let end = rest
        .find(|character: char| !in_word(character))
        .unwrap_or(rest.len());
    (Sign::Word(rest[..end].to_owned()), end)
}

#[cfg(test)]
mod tests {
    use super::{Sign, signs};

    #[test]
    fn signs_are_told_apart() {
        let all = signs(r"a.b matches[c] 'x\'y' || 1.5<=2").unwrap();
        assert_eq!(all.len(), 10);
        assert_eq!(all[5], Sign::Quoted(r"x\'y".to_owned()));
        assert_eq!(all[7], Sign::Number(1.5));
        assert_eq!(all[8], Sign::Mark("<="));
    }

    #[test]
    fn what_is_no_predicate_is_not_read() {
        assert_eq!(signs("a matches 'x"), None);
        assert_eq!(signs("a ? b"), None);
        assert_eq!(signs("1.2.3"), None);
    }
}
