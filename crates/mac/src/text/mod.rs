//! Reading what tools print: lines, log prefixes, excerpts.

pub(crate) mod nslog;

/// The most characters of a tool's words that go into an error or an answer.
const EXCERPT: usize = 400;

/// What a tool said, short and in one line, for people to read.
pub(crate) fn excerpt(said: &str) -> String {
    let mut short = String::new();
    let mut room = EXCERPT;
    for (index, word) in said.split_whitespace().enumerate() {
        let blank = (index > 0).then_some(' ');
        for character in blank
            .into_iter()
            .chain(word.chars().filter(|character| !character.is_control()))
        {
            if room == 0 {
                short.push('…');
                return short;
            }
            short.push(character);
            room -= 1;
        }
    }
    short
}

/// The lines of a text that are not empty, without their ends, whether `\n` or `\r\n`.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty())
}

/// What stands between two texts in a line: `between("a 'b' c", "'", "'")` is `b`.
pub(crate) fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}

/// The number at the start of a text, with its sign.
pub(crate) fn leading_number(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    text[..text.len() - digits.len() + length].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{between, excerpt, leading_number, lines};

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("a\n\tb\u{7}  c\r\n"), "a b c");
        assert_eq!(excerpt(&"é".repeat(500)).chars().count(), 401);
    }

    #[test]
    fn lines_end_in_both_ways() {
        assert_eq!(lines("a\r\nb\rc\n\r\nd").collect::<Vec<_>>(), ["a", "b\rc", "d"]);
    }

    #[test]
    fn numbers_stop_where_they_stop() {
        assert_eq!(leading_number("-14090 (eDSAuthFailed)"), Some(-14090));
        assert_eq!(leading_number("99999999999"), None);
        assert_eq!(leading_number("-"), None);
        assert_eq!(between("x 'y' z", "'", "'"), Some("y"));
    }
}
