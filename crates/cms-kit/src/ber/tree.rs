//! Messages in BER made into DER. The ASN.1 types read DER alone.

use super::{CONSTRUCTED, DEEPEST, Element, Reader, tag};

/// An element with those that it is made of, so that it can be written anew.
pub(crate) struct Tree {
    pub tag: u8,
    body: Body,
}

enum Body {
    Bytes(Vec<u8>),
    Elements(Vec<Tree>),
}

impl Tree {
    /// The element that `bytes` are, and nothing after it.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let element = reader.next()?;
        reader.is_at_end().then(|| Self::of(element, DEEPEST))?
    }

    fn of(element: Element<'_>, deepest: u32) -> Option<Self> {
        let deeper = deepest.checked_sub(1)?;
        if element.tag == tag::OCTET_STRINGS {
            return element.octets().map(|octets| Self {
                tag: tag::OCTET_STRING,
                body: Body::Bytes(octets),
            });
        }
        let body = match element.tag & CONSTRUCTED {
            0 => Body::Bytes(element.contents.to_vec()),
            _ => {
                let mut elements = Vec::new();
                let mut inside = element.inside();
                while !inside.is_at_end() {
                    elements.push(Self::of(inside.next()?, deeper)?);
                }
                Body::Elements(elements)
            }
        };
        Some(Self {
            tag: element.tag,
            body,
        })
    }

    /// What it is made of; nothing when it is not made of elements.
    pub(crate) fn children(&mut self) -> &mut [Self] {
        match &mut self.body {
            Body::Elements(elements) => elements,
            Body::Bytes(_) => &mut [],
        }
    }

    /// Makes of a string in pieces one in whole, under `tag`.
    pub(crate) fn join(&mut self, tag: u8) -> Option<()> {
        let Body::Elements(pieces) = &self.body else {
            return Some(());
        };
        let mut whole = Vec::new();
        for piece in pieces {
            match &piece.body {
                Body::Bytes(bytes) if piece.tag == tag::OCTET_STRING => whole.extend_from_slice(bytes),
                _ => return None,
            }
        }
        *self = Self {
            tag,
            body: Body::Bytes(whole),
        };
        Some(())
    }

    /// It in DER.
    pub(crate) fn to_der(&self) -> Vec<u8> {
        let body = match &self.body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Elements(elements) => {
                let mut parts: Vec<Vec<u8>> = elements.iter().map(Self::to_der).collect();
                if self.tag == tag::SET {
                    parts.sort();
                }
                parts.concat()
            }
        };
        let mut der = vec![self.tag];
        push_length(&mut der, body.len());
        der.extend(body);
        der
    }
}

fn push_length(der: &mut Vec<u8>, length: usize) {
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        return der.push(short);
    }
    let bytes = length.to_be_bytes();
    let significant: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
    // A length has at most eight bytes.
    der.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
    der.extend(significant);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(bytes: &[u8]) -> Option<Vec<u8>> {
        Some(Tree::read(bytes)?.to_der())
    }

    #[test]
    fn der_stays_as_it_is() {
        let long = [&[0x04, 0x81, 0x80][..], &[7; 128]].concat();
        for bytes in [&[0x30, 0x03, 0x02, 0x01, 0x05][..], &[0x05, 0x00], &long] {
            assert_eq!(der(bytes).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn lengths_that_are_told_by_an_end_and_strings_in_pieces_are_made_whole() {
        let pieces = [
            0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 1, 0x04, 0x02, 2, 3, 0, 0, 0, 0,
        ];
        assert_eq!(der(&pieces).unwrap(), [0x30, 5, 0x04, 3, 1, 2, 3]);
        let lengthy = [0x30, 0x82, 0x00, 0x02, 0x05, 0x00];
        assert_eq!(der(&lengthy).unwrap(), [0x30, 2, 0x05, 0]);
    }

    #[test]
    fn what_is_cut_off_has_too_much_or_lies_too_deep_is_refused() {
        let whole = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 1, 0, 0, 0, 0];
        assert!(der(&whole).is_some());
        for end in 0..whole.len() {
            assert!(der(&whole[..end]).is_none(), "{end}");
        }
        assert!(der(&[&whole[..], &[0]].concat()).is_none());
        assert!(der(&[0x30; 200_000]).is_none());
        assert!(der(&[0x30, 0x80].repeat(100_000)).is_none());
        assert!(der(&[0x04, 0x80, 0, 0]).is_none());
        assert!(der(&[0x1f, 0x81, 0x00, 0x00]).is_none());
    }
}
