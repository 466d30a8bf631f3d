//! A set in brackets: `[a-z]`, `[^\W_]`, `[[:alpha:]&&[^aeiou]]`.

use super::Unsupported;
use super::cursor::Cursor;
use super::escape::{self, Escape};
use super::named_sets;
use crate::chars::Chars;

const OPEN: &str = "a set in brackets that does not end";

/// How sets are read.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// Letters stand for both of their cases.
    pub(super) ignore_case: bool,
}

/// Reads a set; its opening bracket has been read.
pub(super) fn read(cursor: &mut Cursor, manner: Manner) -> Result<Chars, Unsupported> {
    let negated = cursor.take("^");
    if negated && manner.ignore_case {
        return Err(Unsupported("a set of what is left out, regardless of case"));
    }
    if ["]", "&&", "--"].iter().any(|next| cursor.starts_with(next)) {
        return Err(Unsupported("a set that begins with a sign of the language"));
    }
    let mut set = Chars::NONE;
    let mut first = true;
    loop {
        if cursor.take("]") {
            break;
        }
        if cursor.starts_with("&&") || cursor.starts_with("--") {
            let keep = cursor.take("&&") || !cursor.take("--");
            let other = operand(cursor, manner)?;
            set = if keep {
                set.intersection(other)
            } else {
                set.minus(other)
            };
            // ICU's order of these beside further members is not worth a guess.
            if !["]", "&&", "--"].iter().any(|next| cursor.starts_with(next)) {
                return Err(Unsupported("members of a set behind an operator"));
            }
            continue;
        }
        set = set.union(member(cursor, manner, first)?);
        first = false;
    }
    if manner.ignore_case {
        set = set.with_both_cases();
    }
    Ok(if negated { set.complement() } else { set })
}

/// What stands behind `&&` or `--`: a set of its own.
fn operand(cursor: &mut Cursor, manner: Manner) -> Result<Chars, Unsupported> {
    if !cursor.take("[") || cursor.peek() == Some(':') {
        return Err(Unsupported("an operator without a set in brackets behind it"));
    }
    read(cursor, manner)
}

/// One member: a character, a range, or a set.
fn member(cursor: &mut Cursor, manner: Manner, first: bool) -> Result<Chars, Unsupported> {
    let from = match cursor.next().ok_or(Unsupported(OPEN))? {
        '[' if cursor.take(":") => return by_name(cursor),
        '[' => return read(cursor, manner),
        '\\' if cursor.peek() == Some('b') => {
            cursor.next();
            return Ok(Chars::NONE);
        }
        '\\' => match escape::read(cursor)? {
            Escape::Character(character) => character,
            Escape::Set(set) if !cursor.starts_with("-") || cursor.peek_second() == Some(']') => {
                return Ok(set);
            }
            Escape::Set(_) => return Err(Unsupported("a range from a set")),
        },
        '-' if first || cursor.peek() == Some(']') => return Ok(Chars::one('-')),
        '-' => return Err(Unsupported("a hyphen in the middle of a set")),
        '&' if matches!(cursor.peek(), Some('[' | '-')) => {
            return Err(Unsupported("an operator of an unusual kind"));
        }
        character => character,
    };
    let is_range = cursor.peek() == Some('-') && !matches!(cursor.peek_second(), Some(']' | '-') | None);
    if !is_range {
        return ascii(from, manner);
    }
    cursor.next();
    let to = match cursor.next() {
        Some('\\') => match escape::read(cursor)? {
            Escape::Character(character) => character,
            Escape::Set(_) => return Err(Unsupported("a range to a set")),
        },
        Some('[') | None => return Err(Unsupported("a range to a set")),
        Some(character) => character,
    };
    if to < from {
        return Err(Unsupported("a range from the end to the start"));
    }
    if manner.ignore_case && !to.is_ascii() {
        return Err(Unsupported("characters beyond ASCII, regardless of case"));
    }
    let first = u8::try_from(from).unwrap_or(u8::MAX);
    Ok(Chars::range(first, u8::try_from(to).unwrap_or(u8::MAX)))
}

/// The set of one character. One beyond ASCII is in no password here, unless case does not count: some of these have a
/// twin in ASCII.
pub(super) fn ascii(character: char, manner: Manner) -> Result<Chars, Unsupported> {
    if manner.ignore_case && !character.is_ascii() {
        return Err(Unsupported("characters beyond ASCII, regardless of case"));
    }
    Ok(Chars::one(character))
}

/// `alpha:]` of `[:alpha:]`.
fn by_name(cursor: &mut Cursor) -> Result<Chars, Unsupported> {
    let negated = cursor.take("^");
    let name = cursor.until(":]", OPEN)?;
    let set = named_sets::by_name(&name).ok_or(Unsupported("a set by a name that is not known here"))?;
    Ok(if negated { set.complement() } else { set })
}
