//! Taking a text apart. Texts may be passwords, so nothing here is copied and nothing can be shown.

use super::Word;
use crate::enrolment::is_name;

/// One piece of a template.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text that stands for itself.
    Text(&'t str),
    /// The word of a wildcard, in whichever case.
    Word(&'t str),
}

/// Whether the text is a template: it contains `%word%`.
pub fn is_template(text: &str) -> bool {
    text.match_indices('%')
        .any(|(place, _)| word_after(&text[place..]).is_some())
}

/// Whether the text is one wildcard, with nothing before or after it.
pub fn is_one_wildcard(text: &str) -> bool {
    word_after(text).is_some_and(|word| word.len() + 2 == text.len())
}

/// The words of a text that stands for a password, as far as they give nothing of it away: a wildcard that stands alone,
/// and those that every organisation has. Any other may be a piece of a password that was typed.
pub fn named_words(text: &str) -> impl Iterator<Item = Word> {
    let is_alone = is_one_wildcard(text);
    pieces(text).filter_map(move |piece| match piece {
        Piece::Word(word) => Word::parse(word).filter(|word| is_alone || Word::BUILT_IN.contains(word)),
        Piece::Text(_) => None,
    })
}

/// A text that stands for `text` byte for byte, whatever it contains.
pub fn escape(text: &str) -> String {
    if is_template(text) {
        text.replace('%', "%%")
    } else {
        text.to_owned()
    }
}

/// The pieces of a template, from left to right.
pub(super) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (piece, length) = first_piece(rest)?;
        rest = &rest[length..];
        Some(piece)
    })
}

/// The first piece and how many bytes it takes up.
fn first_piece(text: &str) -> Option<(Piece<'_>, usize)> {
    if text.is_empty() {
        return None;
    }
    if text.starts_with("%%") {
        return Some((Piece::Text("%"), 2));
    }
    if let Some(word) = word_after(text) {
        return Some((Piece::Word(word), word.len() + 2));
    }
    // A lone percent sign stands for itself, like everything up to the next one.
    let next = text.char_indices().skip(1).find(|(_, c)| *c == '%');
    let end = next.map_or(text.len(), |(place, _)| place);
    Some((Piece::Text(&text[..end]), end))
}

/// The word of the wildcard that the text begins with.
fn word_after(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('%')?;
    let word = &inner[..inner.find('%')?];
    is_name(word).then_some(word)
}
