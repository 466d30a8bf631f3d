//! Reads ICU's regular expressions. What is not read for certain is refused, not guessed.

use std::collections::BTreeMap;

use super::Unsupported;
use super::ast::{Greed, Node};
use super::bracket::{self, Manner};
use super::cursor::Cursor;
use super::escape::{self, Escape};
use crate::chars::Chars;

/// Groups in groups, no more than this.
const DEEPEST: usize = 64;
/// No password is longer, so that no repetition need be counted beyond.
const MOST_REPEATS: u32 = 4096;

/// Reads a whole expression.
pub(super) fn parse(text: &str, ignore_case: bool) -> Result<Node, Unsupported> {
    let mut parser = Parser {
        cursor: Cursor::new(text),
        manner: Manner { ignore_case },
        groups: Vec::new(),
        names: BTreeMap::new(),
        branches: 0,
        path: Vec::new(),
    };
    let node = parser.alternatives()?;
    if parser.cursor.peek().is_some() {
        return Err(Unsupported("a parenthesis that closes nothing"));
    }
    Ok(node)
}

struct Parser {
    cursor: Cursor,
    manner: Manner,
    groups: Vec<Group>,
    names: BTreeMap<String, usize>,
    branches: u32,
    /// The branches of alternatives that are being read, from the outermost in.
    path: Vec<u32>,
}

/// A group that can be referred to.
struct Group {
    /// The branches in which it stands.
    path: Vec<u32>,
    /// Whether it has been read to its end and always takes part in a match of its branch.
    certain: bool,
}

impl Parser {
    fn alternatives(&mut self) -> Result<Node, Unsupported> {
        let mut branches = Vec::new();
        loop {
            self.branches += 1;
            self.path.push(self.branches);
            branches.push(self.sequence()?);
            self.path.pop();
            if !self.cursor.take("|") {
                break;
            }
        }
        Ok(match branches.len() {
            1 => branches.remove(0),
            _ => Node::Alternate(branches),
        })
    }

    fn sequence(&mut self) -> Result<Node, Unsupported> {
        let mut parts = Vec::new();
        while self.cursor.peek().is_some_and(|next| next != '|' && next != ')') {
            let groups_before = self.groups.len();
            if let Some(atom) = self.atom()? {
                parts.push(self.quantified(atom, groups_before)?);
            }
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Concat(parts),
        })
    }

    /// One part without its quantifier; `None` for what only changes how the rest is read.
    fn atom(&mut self) -> Result<Option<Node>, Unsupported> {
        let Some(next) = self.cursor.next() else {
            return Ok(None);
        };
        Ok(Some(match next {
            '(' => return self.group(),
            '[' => Node::Set(bracket::read(&mut self.cursor, self.manner)?),
            '.' => Node::Set(Chars::ALL),
            '^' => Node::Start,
            '$' => Node::End,
            '\\' => self.escape()?,
            '*' | '+' | '?' | '{' | '}' | ']' => {
                return Err(Unsupported(
                    "a sign of the language in a place that is not its own",
                ));
            }
            character => self.character(character)?,
        }))
    }

    fn character(&self, character: char) -> Result<Node, Unsupported> {
        let set = bracket::ascii(character, self.manner)?;
        Ok(Node::Set(if self.manner.ignore_case {
            set.with_both_cases()
        } else {
            set
        }))
    }

    fn escape(&mut self) -> Result<Node, Unsupported> {
        let node = match self.cursor.peek() {
            Some('b') => Node::WordBoundary { negated: false },
            Some('B') => Node::WordBoundary { negated: true },
            Some('A') => Node::Start,
            Some('z' | 'Z') => Node::End,
            Some('1'..='9') => {
                let number = self.cursor.digits(10, 2).unwrap_or_default();
                return self.reference(number as usize);
            }
            Some('k') => {
                self.cursor.next();
                let named = self.cursor.take("<");
                let name = self
                    .cursor
                    .until(">", "a reference by a name that does not end")?;
                let number = self.names.get(&name).copied().filter(|_| named);
                return self
                    .reference(number.ok_or(Unsupported("a reference to a group that is not there"))?);
            }
            _ => {
                return match escape::read(&mut self.cursor)? {
                    Escape::Character(character) => self.character(character),
                    Escape::Set(set) => Ok(Node::Set(set)),
                };
            }
        };
        self.cursor.next();
        Ok(node)
    }

    /// What a group has matched. Engines differ when it has not: then it is refused.
    fn reference(&self, number: usize) -> Result<Node, Unsupported> {
        if self.manner.ignore_case {
            return Err(Unsupported("a reference to a group, regardless of case"));
        }
        let group = number.checked_sub(1).and_then(|index| self.groups.get(index));
        if number < 10 && group.is_some_and(|group| group.certain && self.path.starts_with(&group.path)) {
            Ok(Node::Backreference(number))
        } else {
            Err(Unsupported(
                "a reference to a group that may have matched nothing",
            ))
        }
    }

    /// A group; its opening parenthesis has been read.
    fn group(&mut self) -> Result<Option<Node>, Unsupported> {
        if !self.cursor.take("?") {
            return self.capture();
        }
        let look = |ahead, negative| {
            move |inner| Node::Look {
                ahead,
                negative,
                inner: Box::new(inner),
            }
        };
        if self.cursor.take(":") {
            self.inside(|inner| inner)
        } else if self.cursor.take(">") {
            self.inside(Node::atomic)
        } else if self.cursor.take("=") {
            self.inside(look(true, false))
        } else if self.cursor.take("!") {
            self.inside(look(true, true))
        } else if self.cursor.take("<=") {
            self.look_back(look(false, false))
        } else if self.cursor.take("<!") {
            self.look_back(look(false, true))
        } else if self.cursor.take("<") {
            let name = self.cursor.until(">", "a name that does not end")?;
            if self.names.insert(name, self.groups.len() + 1).is_some() {
                return Err(Unsupported("two groups of one name"));
            }
            self.capture()
        } else if self.cursor.take("#") {
            self.cursor.until(")", "a comment that does not end")?;
            Ok(None)
        } else {
            self.flags()
        }
    }

    fn capture(&mut self) -> Result<Option<Node>, Unsupported> {
        let index = self.groups.len();
        self.groups.push(Group {
            path: self.path.clone(),
            certain: false,
        });
        let captured = self.inside(|inner| Node::Capture(Box::new(inner)))?;
        self.groups[index].certain = true;
        Ok(captured)
    }

    /// `i)` or `i-s:...)` behind `(?`.
    fn flags(&mut self) -> Result<Option<Node>, Unsupported> {
        let before = self.manner;
        let mut on = true;
        loop {
            match self.cursor.next() {
                Some('-') if on => on = false,
                Some('i') => self.manner.ignore_case = on,
                // They are about ends of lines, of which a password has none.
                Some('s' | 'm' | 'd') => {}
                // It holds to the end of the group around it, which puts it back.
                Some(')') => return Ok(None),
                Some(':') => {
                    let inner = self.inside(|inner| inner);
                    self.manner = before;
                    return inner;
                }
                _ => return Err(Unsupported("a flag of an unusual kind")),
            }
        }
    }

    fn look_back(&mut self, wrap: impl FnOnce(Node) -> Node) -> Result<Option<Node>, Unsupported> {
        match self.inside(|inner| inner)? {
            Some(inner) if inner.can_be_looked_back_on() => Ok(Some(wrap(inner))),
            _ => Err(Unsupported("a look back over an unlimited number of characters")),
        }
    }

    fn inside(&mut self, wrap: impl FnOnce(Node) -> Node) -> Result<Option<Node>, Unsupported> {
        let before = self.manner;
        if self.path.len() > DEEPEST {
            return Err(Unsupported("groups in groups, too deep"));
        }
        let inner = self.alternatives()?;
        self.manner = before;
        if !self.cursor.take(")") {
            return Err(Unsupported("a group that does not end"));
        }
        Ok(Some(wrap(inner)))
    }

    /// The part with its quantifier, if it has one. `groups_before` it were read.
    fn quantified(&mut self, atom: Node, groups_before: usize) -> Result<Node, Unsupported> {
        let Some((min, max)) = self.bounds()? else {
            return Ok(atom);
        };
        if min == 0 {
            let within = &mut self.groups[groups_before..];
            within.iter_mut().for_each(|group| group.certain = false);
        }
        if matches!(
            atom,
            Node::Look { .. } | Node::Start | Node::End | Node::WordBoundary { .. }
        ) {
            return Err(Unsupported("a repeated assertion"));
        }
        let greed = if self.cursor.take("?") {
            Greed::Lazy
        } else if self.cursor.take("+") {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        if greed == Greed::Possessive && atom.shortest() == 0 {
            // ICU itself never comes to an end with these.
            return Err(Unsupported("a possessive repetition of what may be empty"));
        }
        Ok(Node::Repeat {
            inner: Box::new(atom),
            min,
            max,
            greed,
        })
    }

    fn bounds(&mut self) -> Result<Option<(u32, Option<u32>)>, Unsupported> {
        const WHAT: &str = "a repetition of an unusual kind";
        Ok(match self.cursor.peek() {
            Some('*') => {
                self.cursor.next();
                Some((0, None))
            }
            Some('+') => {
                self.cursor.next();
                Some((1, None))
            }
            Some('?') => {
                self.cursor.next();
                Some((0, Some(1)))
            }
            Some('{') => {
                self.cursor.next();
                let min = self.cursor.digits(10, 6).ok_or(Unsupported(WHAT))?;
                let max = if self.cursor.take(",") {
                    self.cursor.digits(10, 6)
                } else {
                    Some(min)
                };
                if !self.cursor.take("}") || max.is_some_and(|max| max < min) || min > MOST_REPEATS {
                    return Err(Unsupported(WHAT));
                }
                Some((min, max.filter(|max| *max <= MOST_REPEATS)))
            }
            _ => None,
        })
    }
}
