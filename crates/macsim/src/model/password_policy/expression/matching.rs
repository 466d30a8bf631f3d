//! Matches an expression, by backtracking.

use super::{Edge, Expression, Piece, Style};

/// More steps than any sensible expression takes on a password.
const FUEL: u32 = 20_000_000;

/// What each group has matched, from and to.
type Groups = Vec<Option<(usize, usize)>>;

/// What is left to match behind a piece.
type Then<'a> = &'a mut dyn FnMut(usize, &mut Groups, &mut u32) -> bool;

impl Expression {
    /// Whether the whole of `text` matches. `None` when it takes too long to tell.
    #[must_use]
    pub fn matches(&self, text: &str) -> Option<bool> {
        let text: Vec<char> = text.chars().collect();
        let mut groups = vec![None; self.groups + 1];
        let mut fuel = FUEL;
        let found = walk(&self.root, &text, 0, &mut groups, &mut fuel, &mut |at, _, _| {
            at == text.len()
        });
        (found || fuel > 0).then_some(found)
    }
}

/// Whether `piece` matches at `at` in such a way that `then` is content with the place behind it.
fn walk(
    piece: &Piece,
    text: &[char],
    at: usize,
    groups: &mut Groups,
    fuel: &mut u32,
    then: Then<'_>,
) -> bool {
    if *fuel == 0 {
        return false;
    }
    *fuel -= 1;
    match piece {
        Piece::One(class) => {
            text.get(at).is_some_and(|character| class.has(*character)) && then(at + 1, groups, fuel)
        }
        Piece::Row(row) => walk_row(row, text, at, groups, fuel, then),
        Piece::Choice(ways) => ways.iter().any(|way| walk(way, text, at, groups, fuel, then)),
        Piece::Group(number, inner) => {
            let before = groups[*number];
            let found = walk(inner, text, at, groups, fuel, &mut |end, groups, fuel| {
                let outer = groups[*number].replace((at, end));
                let content = then(end, groups, fuel);
                if !content {
                    groups[*number] = outer;
                }
                content
            });
            if !found {
                groups[*number] = before;
            }
            found
        }
        Piece::Atomic(inner) => {
            first_end(inner, text, at, groups, fuel).is_some_and(|end| then(end, groups, fuel))
        }
        Piece::Loop {
            piece,
            least,
            most,
            style: Style::Possessive,
        } => {
            let eager = Piece::Loop {
                piece: piece.clone(),
                least: *least,
                most: *most,
                style: Style::Eager,
            };
            first_end(&eager, text, at, groups, fuel).is_some_and(|end| then(end, groups, fuel))
        }
        Piece::Loop {
            piece,
            least,
            most,
            style,
        } => {
            let rounds = Rounds {
                piece,
                least: *least,
                most: *most,
                eager: *style == Style::Eager,
            };
            rounds.walk(0, text, at, groups, fuel, then)
        }
        Piece::Around {
            piece,
            behind: false,
            wanted,
        } => first_end(piece, text, at, groups, fuel).is_some() == *wanted && then(at, groups, fuel),
        Piece::Around {
            piece,
            behind: true,
            wanted,
        } => {
            let seen =
                (0..=at).any(|start| walk(piece, text, start, groups, fuel, &mut |end, _, _| end == at));
            seen == *wanted && then(at, groups, fuel)
        }
        Piece::Edge(edge) => edge.is_at(text, at) && then(at, groups, fuel),
        Piece::Same(number) => {
            let Some(Some((from, to))) = groups.get(*number).copied() else {
                return false;
            };
            text[at..].starts_with(&text[from..to]) && then(at + to - from, groups, fuel)
        }
    }
}

fn walk_row(
    row: &[Piece],
    text: &[char],
    at: usize,
    groups: &mut Groups,
    fuel: &mut u32,
    then: Then<'_>,
) -> bool {
    match row {
        [] => then(at, groups, fuel),
        [first, rest @ ..] => walk(first, text, at, groups, fuel, &mut |end, groups, fuel| {
            walk_row(rest, text, end, groups, fuel, then)
        }),
    }
}

/// Where `piece` ends that matches first.
fn first_end(piece: &Piece, text: &[char], at: usize, groups: &mut Groups, fuel: &mut u32) -> Option<usize> {
    let mut found = None;
    walk(piece, text, at, groups, fuel, &mut |end, _, _| {
        found = Some(end);
        true
    });
    found
}

/// The same piece again and again.
struct Rounds<'a> {
    piece: &'a Piece,
    least: usize,
    most: usize,
    eager: bool,
}

impl Rounds<'_> {
    fn walk(
        &self,
        done: usize,
        text: &[char],
        at: usize,
        groups: &mut Groups,
        fuel: &mut u32,
        then: Then<'_>,
    ) -> bool {
        let enough = done >= self.least;
        if enough && !self.eager && then(at, groups, fuel) {
            return true;
        }
        let more = done < self.most
            && walk(self.piece, text, at, groups, fuel, &mut |end, groups, fuel| {
                // A round that took nothing is the last one.
                if end == at && enough {
                    then(end, groups, fuel)
                } else {
                    self.walk(done + 1, text, end, groups, fuel, then)
                }
            });
        more || enough && self.eager && then(at, groups, fuel)
    }
}

impl Edge {
    fn is_at(self, text: &[char], at: usize) -> bool {
        let is_word = |character: Option<&char>| {
            character.is_some_and(|character| character.is_alphanumeric() || *character == '_')
        };
        let between = is_word(text.get(at)) != is_word(at.checked_sub(1).and_then(|before| text.get(before)));
        match self {
            Self::Begin => at == 0,
            Self::End => at == text.len(),
            Self::Word => between,
            Self::NoWord => !between,
        }
    }
}
