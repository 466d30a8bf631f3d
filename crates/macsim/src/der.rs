//! As much of DER and BER (X.690) as a Mac needs to write CMS messages, and to read a certificate for them.

/// An element whose end is marked.
pub(crate) fn streamed(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[tag, 0x80], parts.concat().as_slice(), &[0, 0]].concat()
}

/// An element whose length is told.
pub(crate) fn definite(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let bytes = contents.len().to_be_bytes();
    let digits = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    let count = u8::try_from(digits.len()).unwrap_or_default();
    let length = match digits {
        [] => vec![0],
        [short] if *short < 0x80 => vec![*short],
        _ => [&[0x80 | count], digits].concat(),
    };
    [&[tag], length.as_slice(), &contents].concat()
}

/// Both fields of a certificate, as CMS names it.
pub(crate) fn issuer_and_serial_number(certificate: &[u8]) -> Option<Vec<u8>> {
    let (serial_number, behind) = from_serial_number(certificate)?;
    let (_algorithm, _, behind) = split(behind)?;
    let (issuer, ..) = split(behind)?;
    Some([issuer, serial_number].concat())
}

/// The RSA key of a certificate, as PKCS #1 writes it; `None` where it has another one.
pub(crate) fn rsa_public_key(certificate: &[u8]) -> Option<&[u8]> {
    let (_, mut behind) = from_serial_number(certificate)?;
    for _algorithm_issuer_validity_subject in 0..4 {
        (_, _, behind) = split(behind)?;
    }
    let (_, key_info, _) = split(behind)?;
    let (_, algorithm, bits) = split(key_info)?;
    let (id, ..) = split(algorithm)?;
    let (_, bits, _) = split(bits)?;
    let (unused_bits, key) = bits.split_first()?;
    (id == RSA_ENCRYPTION && *unused_bits == 0).then_some(key)
}

/// The object identifier rsaEncryption.
pub(crate) const RSA_ENCRYPTION: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// A certificate's serial number, and what stands behind it. In front there may be a version.
fn from_serial_number(certificate: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, whole, _) = split(certificate)?;
    let (_, mut fields, _) = split(whole)?;
    if fields.first() == Some(&0xa0) {
        (_, _, fields) = split(fields)?;
    }
    let (serial_number, _, behind) = split(fields)?;
    Some((serial_number, behind))
}

/// The first element, what it holds, and what is behind it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let first = usize::from(*bytes.get(1)?);
    let digits = if first < 0x80 { 0 } else { first & 0x7f };
    let length = match digits {
        0 => first,
        1..=4 => bytes
            .get(2..2 + digits)?
            .iter()
            .fold(0, |length, digit| length * 256 + usize::from(*digit)),
        _ => return None,
    };
    let begins = 2 + digits;
    let contents = bytes.get(begins..begins + length)?;
    Some((&bytes[..begins + length], contents, &bytes[begins + length..]))
}
