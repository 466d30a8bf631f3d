//! What stands behind a backslash, inside brackets and outside.

use super::Unsupported;
use super::cursor::Cursor;
use super::named_sets;
use crate::chars::Chars;

/// What an escape stands for.
pub(super) enum Escape {
    /// One character.
    Character(char),
    /// Any of these.
    Set(Chars),
}

/// Reads what is behind a backslash, if it means the same inside and outside of brackets.
pub(super) fn read(cursor: &mut Cursor) -> Result<Escape, Unsupported> {
    let letter = cursor.next().ok_or(Unsupported("a backslash at the end"))?;
    if let Some(set) = named_sets::by_letter(letter) {
        return Ok(Escape::Set(set));
    }
    match letter {
        'p' | 'P' => property(cursor, letter == 'P').map(Escape::Set),
        'x' if cursor.take("{") => {
            let code = cursor.digits(16, 6);
            let closed = cursor.take("}");
            character(code.filter(|_| closed))
        }
        'x' => character(exactly(cursor, 2)),
        'u' => character(exactly(cursor, 4)),
        'U' => character(exactly(cursor, 8)),
        't' | 'n' | 'r' | 'f' | 'a' | 'e' => Ok(Escape::Set(Chars::NONE)),
        sign if sign.is_ascii_punctuation() || sign == ' ' => Ok(Escape::Character(sign)),
        _ => Err(Unsupported("an escape of an unusual kind")),
    }
}

fn exactly(cursor: &mut Cursor, digits: usize) -> Option<u32> {
    let mut code = 0;
    for _ in 0..digits {
        code = code * 16 + cursor.digits(16, 1)?;
    }
    Some(code)
}

fn character(code: Option<u32>) -> Result<Escape, Unsupported> {
    let character = code.and_then(char::from_u32);
    character
        .map(Escape::Character)
        .ok_or(Unsupported("a character by a number that is none"))
}

/// `{Lu}` of `\p{Lu}`.
fn property(cursor: &mut Cursor, negated: bool) -> Result<Chars, Unsupported> {
    const WHAT: &str = "a property of characters that is not known here";
    if !cursor.take("{") {
        return Err(Unsupported(WHAT));
    }
    let name = cursor.until("}", WHAT)?;
    let set = named_sets::by_name(&name).ok_or(Unsupported(WHAT))?;
    Ok(if negated { set.complement() } else { set })
}
