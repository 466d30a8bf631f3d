//! Reads an expression.

use super::class::{Class, Member, Name};
use super::{Edge, Expression, NotAnExpression, Piece, Style};

const UNLIMITED: usize = usize::MAX;

impl std::str::FromStr for Expression {
    type Err = NotAnExpression;

    fn from_str(text: &str) -> Result<Self, NotAnExpression> {
        let mut reader = Reader {
            text: text.chars().collect(),
            at: 0,
            groups: 0,
            names: Vec::new(),
            any_case: false,
            depth: 0,
        };
        let root = reader.choice().ok_or(NotAnExpression)?;
        let groups = reader.groups;
        match reader.peek() {
            None => Ok(Self { root, groups }),
            Some(_) => Err(NotAnExpression),
        }
    }
}

struct Reader {
    text: Vec<char>,
    at: usize,
    groups: usize,
    names: Vec<(String, usize)>,
    any_case: bool,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn next_of(&mut self, wanted: &str) -> Option<char> {
        let next = self.peek().filter(|next| wanted.contains(*next))?;
        self.at += 1;
        Some(next)
    }

    fn sees(&mut self, character: char) -> bool {
        let there = self.peek() == Some(character);
        self.at += usize::from(there);
        there
    }

    fn text_to(&mut self, end: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.next()? {
                character if character == end => return Some(text),
                character => text.push(character),
            }
        }
    }

    fn choice(&mut self) -> Option<Piece> {
        let mut ways = vec![self.row()?];
        while self.sees('|') {
            ways.push(self.row()?);
        }
        Some(Piece::Choice(ways))
    }

    fn row(&mut self) -> Option<Piece> {
        let mut row = Vec::new();
        while let Some(next) = self.peek().filter(|next| !"|)".contains(*next)) {
            self.at += 1;
            let piece = match next {
                '(' => match self.bracketed()? {
                    Some(piece) => piece,
                    None => continue,
                },
                '[' => Piece::One(self.class()?),
                '.' => Piece::One(Class::of(Member::Named {
                    name: Name::Anything,
                    inverted: false,
                })),
                '^' => Piece::Edge(Edge::Begin),
                '$' => Piece::Edge(Edge::End),
                '\\' => self.escaped()?,
                '*' | '+' | '?' | '{' | '}' | ']' => return None,
                character => self.literal(character),
            };
            row.push(self.looped(piece)?);
        }
        Some(Piece::Row(row))
    }

    fn literal(&self, character: char) -> Piece {
        Piece::One(Class {
            any_case: self.any_case,
            ..Class::of(Member::Range(character, character))
        })
    }

    fn escaped(&mut self) -> Option<Piece> {
        let letter = self.next()?;
        Some(match letter {
            'b' => Piece::Edge(Edge::Word),
            'B' => Piece::Edge(Edge::NoWord),
            'A' => Piece::Edge(Edge::Begin),
            'z' | 'Z' => Piece::Edge(Edge::End),
            '1'..='9' => Piece::Same(letter.to_digit(10)? as usize),
            'k' => {
                let name = self.sees('<').then(|| self.text_to('>')).flatten()?;
                let known = self.names.iter().find(|(known, _)| *known == name);
                Piece::Same(known?.1)
            }
            _ => match self.member_behind_backslash(letter)? {
                Member::Range(character, _) => self.literal(character),
                member => Piece::One(Class::of(member)),
            },
        })
    }

    /// What `\x` stands for, inside brackets as outside.
    fn member_behind_backslash(&mut self, letter: char) -> Option<Member> {
        if let Some(name) = Name::of_letter(letter.to_ascii_lowercase()) {
            let inverted = letter.is_uppercase();
            return Some(Member::Named { name, inverted });
        }
        let character = match letter {
            'p' | 'P' => {
                let property = self.sees('{').then(|| self.text_to('}')).flatten()?;
                let name = Name::of_property(&property)?;
                let inverted = letter == 'P';
                return Some(Member::Named { name, inverted });
            }
            'u' => self.code(4)?,
            'x' if self.sees('{') => {
                let digits = self.text_to('}')?;
                u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)?
            }
            'x' => self.code(2)?,
            sign if !sign.is_alphanumeric() => sign,
            _ => return None,
        };
        Some(Member::Range(character, character))
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let text: String = self.text.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        u32::from_str_radix(&text, 16).ok().and_then(char::from_u32)
    }

    /// A set; its opening bracket is read.
    fn class(&mut self) -> Option<Class> {
        let mut class = Class {
            inverted: self.sees('^'),
            any_case: self.any_case,
            ..Class::default()
        };
        loop {
            match self.next()? {
                ']' if !class.members.is_empty() => return Some(class),
                ']' => return None,
                '[' if self.sees(':') => {
                    let inverted = self.sees('^');
                    let name = Name::of_property(&self.text_to(':')?)?;
                    class.members.push(Member::Named { name, inverted });
                    self.sees(']').then_some(())?;
                }
                '[' => {
                    let nested = self.class()?;
                    class.members.push(Member::Nested(nested));
                }
                sign @ ('&' | '-') if self.sees(sign) => {
                    self.sees('[').then_some(())?;
                    let other = self.class()?;
                    class.narrowed.push((sign == '&', other));
                    (self.peek() == Some(']')).then_some(())?;
                }
                first => {
                    let member = self.range_from(first)?;
                    class.members.push(member);
                }
            }
        }
    }

    fn range_from(&mut self, first: char) -> Option<Member> {
        let member = match first {
            '\\' => {
                let letter = self.next()?;
                self.member_behind_backslash(letter)?
            }
            character => Member::Range(character, character),
        };
        let Member::Range(first, _) = member else {
            return Some(member);
        };
        // A hyphen at the end is one.
        if first == '-' || self.peek() != Some('-') || self.text.get(self.at + 1) == Some(&']') {
            return Some(member);
        }
        self.at += 1;
        let last = match self.next()? {
            '\\' => {
                let letter = self.next()?;
                self.member_behind_backslash(letter)?
            }
            '[' | '-' => return None,
            last => Member::Range(last, last),
        };
        match last {
            Member::Range(last, _) if last >= first => Some(Member::Range(first, last)),
            _ => None,
        }
    }

    /// What stands in parentheses; the opening one is read. `None` inside when it is nothing that matches.
    fn bracketed(&mut self) -> Option<Option<Piece>> {
        if !self.sees('?') {
            return self.group().map(Some);
        }
        let around = |behind, wanted| {
            move |piece| Piece::Around {
                piece: Box::new(piece),
                behind,
                wanted,
            }
        };
        Some(Some(match self.next()? {
            ':' => self.inner()?,
            '>' => Piece::Atomic(Box::new(self.inner()?)),
            '=' => around(false, true)(self.inner()?),
            '!' => around(false, false)(self.inner()?),
            '<' if self.sees('=') => around(true, true)(self.inner()?),
            '<' if self.sees('!') => around(true, false)(self.inner()?),
            '<' => {
                let name = self.text_to('>')?;
                self.names.push((name, self.groups + 1));
                self.group()?
            }
            '#' => {
                self.text_to(')')?;
                return Some(None);
            }
            'i' if self.sees(')') => {
                self.any_case = true;
                return Some(None);
            }
            'i' if self.sees(':') => {
                let before = std::mem::replace(&mut self.any_case, true);
                let piece = self.inner()?;
                self.any_case = before;
                piece
            }
            _ => return None,
        }))
    }

    fn group(&mut self) -> Option<Piece> {
        self.groups += 1;
        let number = self.groups;
        Some(Piece::Group(number, Box::new(self.inner()?)))
    }

    fn inner(&mut self) -> Option<Piece> {
        let before = self.any_case;
        self.depth += 1;
        let piece = if self.depth < 50 {
            self.choice()?
        } else {
            return None;
        };
        self.depth -= 1;
        self.any_case = before;
        self.sees(')').then_some(piece)
    }

    fn looped(&mut self, piece: Piece) -> Option<Piece> {
        let (least, most) = match self.next_of("*+?{") {
            None => return Some(piece),
            Some('*') => (0, UNLIMITED),
            Some('+') => (1, UNLIMITED),
            Some('?') => (0, 1),
            Some(_) => {
                let bounds = self.text_to('}')?;
                match bounds.split_once(',') {
                    None => (bounds.parse().ok()?, bounds.parse().ok()?),
                    Some((least, "")) => (least.parse().ok()?, UNLIMITED),
                    Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
                }
            }
        };
        let style = match self.next_of("?+") {
            None => Style::Eager,
            Some('?') => Style::Reluctant,
            Some(_) => Style::Possessive,
        };
        Some(Piece::Loop {
            piece: Box::new(piece),
            least,
            most,
            style,
        })
    }
}
