//! Writing DER (X.690), as much as PKCS #12 needs.

/// An element of these parts, one behind the other.
pub(super) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let digits = length.to_be_bytes();
    let zeroes = digits.iter().take_while(|byte| **byte == 0).count();
    let digits = &digits[zeroes..];
    let mut der = vec![tag];
    match digits {
        [] => der.push(0),
        [short] if *short < 0x80 => der.push(*short),
        // There are at most eight of them.
        _ => {
            der.push(0x80 | u8::try_from(digits.len()).unwrap_or_default());
            der.extend_from_slice(digits);
        }
    }
    for part in parts {
        der.extend_from_slice(part);
    }
    der
}

/// A sequence.
pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, parts)
}

/// `[0]` around something.
pub(super) fn explicit(part: &[u8]) -> Vec<u8> {
    element(0xa0, &[part])
}

/// A string of octets.
pub(super) fn octets(octets: &[u8]) -> Vec<u8> {
    element(0x04, &[octets])
}

/// An object identifier, by its contents.
pub(super) fn identifier(contents: &[u8]) -> Vec<u8> {
    element(0x06, &[contents])
}

/// A number from 0 on.
pub(super) fn number(number: u32) -> Vec<u8> {
    let digits = number.to_be_bytes();
    let zeroes = digits.iter().take_while(|byte| **byte == 0).count().min(3);
    let sign: &[u8] = if digits[zeroes] >= 0x80 { &[0] } else { &[] };
    element(0x02, &[sign, &digits[zeroes..]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_numbers_are_as_short_as_they_can_be() {
        assert_eq!(octets(&[]), [4, 0]);
        assert_eq!(octets(&[1; 127])[..2], [4, 0x7f]);
        assert_eq!(octets(&[1; 128])[..3], [4, 0x81, 0x80]);
        assert_eq!(octets(&[1; 256])[..4], [4, 0x82, 1, 0]);
        assert_eq!(number(0), [2, 1, 0]);
        assert_eq!(number(127), [2, 1, 127]);
        assert_eq!(number(128), [2, 2, 0, 128]);
        assert_eq!(number(2048), [2, 2, 8, 0]);
    }
}
