//! BER (X.690), as much as messages of a Mac need: elements one after the other, lengths definite or not, one byte of tag.
//!
//! A reader of our own, because macOS sends lengths that are indefinite, and strings in pieces, which readers of DER refuse.
//! What is signed is read as it was sent ([`Reader`]); what the ASN.1 types read is made into DER before (`Tree`).

mod tree;

pub(crate) use tree::Tree;

/// How deep elements may stand within each other. Real messages have a dozen levels.
const DEEPEST: u32 = 32;

/// The bit of a tag that says that the contents are elements again.
const CONSTRUCTED: u8 = 0x20;

/// Tags that are met.
pub mod tag {
    /// A number.
    pub const INTEGER: u8 = 0x02;
    /// Bits, behind a count of those that are left over.
    pub const BIT_STRING: u8 = 0x03;
    /// Octets.
    pub const OCTET_STRING: u8 = 0x04;
    /// The name of an algorithm or of a kind of content.
    pub const OBJECT_IDENTIFIER: u8 = 0x06;
    /// Elements in order.
    pub const SEQUENCE: u8 = 0x30;
    /// Elements in no order.
    pub const SET: u8 = 0x31;
    /// `[0]` of elements.
    pub const CONTEXT_0: u8 = 0xa0;
    /// `[1]` of elements.
    pub const CONTEXT_1: u8 = 0xa1;
    /// `[0]` of bytes.
    pub const CONTEXT_0_BYTES: u8 = 0x80;
    /// The same octets in pieces.
    pub const OCTET_STRINGS: u8 = OCTET_STRING | super::CONSTRUCTED;
}

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its tag, with class and the bit of constructed ones.
    pub tag: u8,
    /// What it holds.
    pub contents: &'a [u8],
    /// All of it, tag and length included.
    pub whole: &'a [u8],
    /// Whether its length was told beforehand, as DER demands.
    pub is_definite: bool,
}

impl<'a> Element<'a> {
    /// The elements that it holds.
    pub fn inside(self) -> Reader<'a> {
        Reader { rest: self.contents }
    }

    /// The octets of an octet string, also of one in pieces.
    pub fn octets(self) -> Option<Vec<u8>> {
        let mut octets = Vec::new();
        self.push_octets(&mut octets, DEEPEST)?;
        Some(octets)
    }

    fn push_octets(self, octets: &mut Vec<u8>, deepest: u32) -> Option<()> {
        match self.tag {
            tag::OCTET_STRING => octets.extend_from_slice(self.contents),
            tag::OCTET_STRINGS => {
                let deeper = deepest.checked_sub(1)?;
                let mut pieces = self.inside();
                while !pieces.is_at_end() {
                    pieces.next()?.push_octets(octets, deeper)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}

/// Reads elements in order. Each answer is `None` when what is there is not what is expected.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader of what stands in `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next element, whatever it is.
    #[expect(clippy::should_implement_trait, reason = "what cannot be read is no end")]
    pub fn next(&mut self) -> Option<Element<'a>> {
        let (element, rest) = read(self.rest, DEEPEST)?;
        self.rest = rest;
        Some(element)
    }

    /// The next element, which has this tag.
    pub fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        self.next().filter(|element| element.tag == tag)
    }

    /// The next element when it has this tag; otherwise nothing is read.
    pub fn take(&mut self, tag: u8) -> Option<Element<'a>> {
        (self.rest.first() == Some(&tag)).then(|| self.next())?
    }
}

/// The element at the beginning of `bytes`, and what is behind it.
fn read(bytes: &[u8], deepest: u32) -> Option<(Element<'_>, &[u8])> {
    let (&tag, after_tag) = bytes.split_first()?;
    // Tags of several bytes are in none of what is read here, and a tag of zero only ends.
    if tag & 0x1f == 0x1f || tag == 0 {
        return None;
    }
    let (&first, after_first) = after_tag.split_first()?;
    if first == 0x80 {
        return read_indefinite(bytes, after_first, tag, deepest.checked_sub(1)?);
    }
    let (length, contents) = if first < 0x80 {
        (usize::from(first), after_first)
    } else {
        let count = usize::from(first & 0x7f);
        let (digits, contents) = (count <= 4).then(|| after_first.split_at_checked(count))??;
        let length = digits.iter().try_fold(0_usize, |length, digit| {
            length.checked_mul(256)?.checked_add(usize::from(*digit))
        })?;
        (length, contents)
    };
    let (contents, rest) = contents.split_at_checked(length)?;
    let element = Element {
        tag,
        contents,
        whole: &bytes[..bytes.len() - rest.len()],
        is_definite: true,
    };
    Some((element, rest))
}

/// An element of indefinite length: elements until one of two zero octets.
fn read_indefinite<'a>(
    bytes: &'a [u8],
    inside: &'a [u8],
    tag: u8,
    deepest: u32,
) -> Option<(Element<'a>, &'a [u8])> {
    if tag & CONSTRUCTED == 0 {
        return None;
    }
    let mut at = inside;
    loop {
        if let Some(rest) = at.strip_prefix(&[0, 0]) {
            let element = Element {
                tag,
                contents: &inside[..inside.len() - at.len()],
                whole: &bytes[..bytes.len() - rest.len()],
                is_definite: false,
            };
            return Some((element, rest));
        }
        (_, at) = read(at, deepest)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_every_form_are_read() {
        let long = [vec![0x04, 0x81, 0x80], vec![7; 128]].concat();
        assert_eq!(Reader::new(&long).next().unwrap().contents.len(), 128);
        let indefinite = [0x30, 0x80, 0x02, 0x01, 0x05, 0x30, 0x80, 0, 0, 0, 0, 0x04, 0x00];
        let mut reader = Reader::new(&indefinite);
        let outer = reader.expect(tag::SEQUENCE).unwrap();
        assert_eq!(
            (outer.contents.len(), outer.whole.len(), outer.is_definite),
            (7, 11, false)
        );
        assert_eq!(reader.expect(tag::OCTET_STRING).unwrap().contents, b"");
        assert!(reader.is_at_end());
    }

    #[test]
    fn octets_in_pieces_are_put_together() {
        let pieces = [0x24, 0x80, 0x04, 0x02, 1, 2, 0x04, 0x01, 3, 0, 0];
        assert_eq!(Reader::new(&pieces).next().unwrap().octets(), Some(vec![1, 2, 3]));
        let nested = [0x24, 0x80, 0x24, 0x03, 0x04, 0x01, 1, 0x04, 0x01, 2, 0, 0];
        assert_eq!(Reader::new(&nested).next().unwrap().octets(), Some(vec![1, 2]));
        let strange = [0x24, 0x03, 0x02, 0x01, 3];
        assert_eq!(Reader::new(&strange).next().unwrap().octets(), None);
    }

    #[test]
    fn what_is_cut_off_or_too_deep_is_nothing() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x02, 0x01],
            &[0x30, 0x80, 0x02, 0x01, 5],
            &[0x02, 0x80, 0, 0],
            &[0x1f, 0x01, 0x00],
            &[0x00, 0x00],
            &[0x00, 0x01, 5],
        ] {
            assert_eq!(Reader::new(bytes).next(), None, "{bytes:?}");
        }
        assert_eq!(Reader::new(&[0x04, 0x85, 1, 1, 1, 1, 1]).next(), None);
        let deep = [0x30, 0x80].repeat(100_000);
        assert_eq!(Reader::new(&deep).next(), None);
    }
}
