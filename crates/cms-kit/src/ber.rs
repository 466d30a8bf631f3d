//! Messages in BER made into DER. Apple's tools write lengths that are told only by where an element ends, and strings in
//! pieces; the ASN.1 types read DER alone.

/// How deep elements may lie in each other. Real messages have a dozen levels.
const DEEPEST: u32 = 32;

/// Bit of a tag: the element is made of others.
const CONSTRUCTED: u8 = 0x20;

/// The low bits of a tag, when its number is written in further bytes. Nothing here has such a tag.
const LONG_TAG: u8 = 0x1f;

const OCTET_STRING: u8 = 0x04;
pub(crate) const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// One element, read.
pub(crate) struct Element {
    pub tag: u8,
    body: Body,
}

enum Body {
    Bytes(Vec<u8>),
    Elements(Vec<Element>),
}

impl Element {
    /// The element that `bytes` are, and nothing after it.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (element, rest) = read(bytes, DEEPEST)?;
        rest.is_empty().then_some(element)
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
                Body::Bytes(bytes) if piece.tag == OCTET_STRING => whole.extend_from_slice(bytes),
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
                if self.tag == SET {
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

/// The first element of `bytes`, and what comes after it.
fn read(bytes: &[u8], deepest: u32) -> Option<(Element, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let deeper = deepest.checked_sub(1)?;
    if tag & LONG_TAG == LONG_TAG || tag == 0 {
        return None;
    }
    let is_constructed = tag & CONSTRUCTED != 0;
    let (length, rest) = read_length(rest)?;
    let (body, rest) = match length {
        Some(length) => {
            let (body, rest) = rest.split_at_checked(length)?;
            let body = match is_constructed {
                false => Body::Bytes(body.to_vec()),
                true => Body::Elements(read_all(body, deeper)?),
            };
            (body, rest)
        }
        None if is_constructed => {
            let (elements, rest) = read_to_the_end(rest, deeper)?;
            (Body::Elements(elements), rest)
        }
        None => return None,
    };
    let mut element = Element { tag, body };
    if tag == OCTET_STRING | CONSTRUCTED {
        element.join(OCTET_STRING)?;
    }
    Some((element, rest))
}

fn read_all(mut bytes: &[u8], deepest: u32) -> Option<Vec<Element>> {
    let mut elements = Vec::new();
    while !bytes.is_empty() {
        let (element, rest) = read(bytes, deepest)?;
        elements.push(element);
        bytes = rest;
    }
    Some(elements)
}

/// Elements up to the two zero bytes that end them, and what comes after those.
fn read_to_the_end(mut bytes: &[u8], deepest: u32) -> Option<(Vec<Element>, &[u8])> {
    let mut elements = Vec::new();
    loop {
        if let Some(rest) = bytes.strip_prefix(&[0, 0]) {
            return Some((elements, rest));
        }
        let (element, rest) = read(bytes, deepest)?;
        elements.push(element);
        bytes = rest;
    }
}

/// A length, `None` inside for one that is told by the element's end; and what comes after it.
fn read_length(bytes: &[u8]) -> Option<(Option<usize>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    match first {
        0..=0x7f => Some((Some(usize::from(first)), rest)),
        0x80 => Some((None, rest)),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = bytes
                .iter()
                .fold(0_usize, |length, byte| (length << 8) | usize::from(*byte));
            Some((Some(length), rest))
        }
        _ => None,
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
        Some(Element::read(bytes)?.to_der())
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
