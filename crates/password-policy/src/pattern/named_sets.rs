//! Sets that ICU knows by name or by a letter, as far as they reach into printable ASCII.

use crate::chars::Chars;

/// Signs that Unicode counts as symbols; its punctuation is the rest of the signs.
const SYMBOLS: Chars = Chars::of("$+<=>^`|~");
const SPACE: Chars = Chars::of(" ");
const PUNCTUATION: Chars = Chars::SPECIAL.minus(SYMBOLS).minus(SPACE);
const WORD: Chars = Chars::ALPHANUMERIC.union(Chars::of("_"));

/// The characters of a word, as `\w` and `\b` count them.
pub(super) const fn word() -> Chars {
    WORD
}

/// The set of `\d`, `\W` and the like.
pub(super) fn by_letter(letter: char) -> Option<Chars> {
    let set = match letter.to_ascii_lowercase() {
        'd' => Chars::DIGITS,
        'w' => WORD,
        's' | 'h' => SPACE,
        'v' => Chars::NONE,
        _ => return None,
    };
    Some(if letter.is_ascii_uppercase() {
        set.complement()
    } else {
        set
    })
}

/// The set of a property, such as `Lu` in `\p{Lu}` or `punct` in `[:punct:]`.
pub(super) fn by_name(name: &str) -> Option<Chars> {
    let name = name.to_ascii_lowercase();
    Some(match name.as_str() {
        "l" | "letter" | "alpha" | "alphabetic" => Chars::LETTERS,
        "lu" | "upper" | "uppercase" | "uppercase_letter" => Chars::UPPER,
        "ll" | "lower" | "lowercase" | "lowercase_letter" => Chars::LOWER,
        "n" | "number" | "nd" | "digit" | "decimal_number" => Chars::DIGITS,
        "alnum" => Chars::ALPHANUMERIC,
        "xdigit" => Chars::of("0123456789abcdefABCDEF"),
        "p" | "punct" | "punctuation" => PUNCTUATION,
        "s" | "symbol" => SYMBOLS,
        "z" | "zs" | "space" | "white_space" | "blank" => SPACE,
        "graph" => Chars::ALL.minus(SPACE),
        "print" | "ascii" | "any" => Chars::ALL,
        "cntrl" | "cc" => Chars::NONE,
        _ => return None,
    })
}
