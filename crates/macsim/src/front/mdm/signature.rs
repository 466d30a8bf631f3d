//! The header `Mdm-Signature` as macOS makes it: a detached CMS signature with lengths that are not told beforehand, no signed
//! attributes, and the signer's certificate (seen in captures of real Macs; those signed over SHA-1, this one over SHA-256).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};

use crate::model::mdm::Connection;

const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// The algorithm SHA-256, without a parameter but NULL.
const SHA256: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
];
/// The algorithm rsaEncryption, likewise.
const RSA: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];
const VERSION_1: &[u8] = &[0x02, 0x01, 0x01];

/// Why nothing could be signed.
#[derive(Debug, thiserror::Error)]
#[error("the Mac's identity cannot sign")]
pub struct SignatureError;

/// The header over a body.
///
/// # Errors
/// When the identity is none.
pub fn header(connection: &Connection, body: &[u8]) -> Result<String, SignatureError> {
    let decoded = |text: &str| STANDARD.decode(text).map_err(|_| SignatureError);
    let (key, certificate) = (decoded(&connection.key)?, decoded(&connection.certificate)?);
    let key = RsaKeyPair::from_pkcs8(&key).map_err(|_| SignatureError)?;
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), body, &mut signature)
        .map_err(|_| SignatureError)?;
    let named = issuer_and_serial_number(&certificate).ok_or(SignatureError)?;
    let signer = definite(
        0x30,
        &[
            VERSION_1,
            &definite(0x30, &[&named]),
            SHA256,
            RSA,
            &definite(0x04, &[&signature]),
        ],
    );
    let signed = streamed(
        0x30,
        &[
            VERSION_1,
            &definite(0x31, &[SHA256]),
            &streamed(0x30, &[DATA]),
            &streamed(0xa0, &[&certificate]),
            &definite(0x31, &[&signer]),
        ],
    );
    Ok(STANDARD.encode(streamed(0x30, &[SIGNED_DATA, &streamed(0xa0, &[&signed])])))
}

/// An element whose end is marked.
fn streamed(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[tag, 0x80], parts.concat().as_slice(), &[0, 0]].concat()
}

/// An element whose length is told.
fn definite(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
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

/// Both fields of a certificate, as a signer names them. There they stand as version, serial number, algorithm, issuer.
fn issuer_and_serial_number(certificate: &[u8]) -> Option<Vec<u8>> {
    let (_, whole, _) = split(certificate)?;
    let (_, mut fields, _) = split(whole)?;
    if fields.first() == Some(&0xa0) {
        (_, _, fields) = split(fields)?;
    }
    let (serial_number, _, rest) = split(fields)?;
    let (_, _, rest) = split(rest)?;
    let (issuer, ..) = split(rest)?;
    Some([issuer, serial_number].concat())
}

/// The first element, what it holds, and what is behind it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let first = usize::from(*bytes.get(1)?);
    let digits = if first < 0x80 { 0 } else { first & 0x7f };
    let length = match digits {
        0 => first,
        _ => bytes
            .get(2..2 + digits)?
            .iter()
            .fold(0, |length, digit| length * 256 + usize::from(*digit)),
    };
    let begins = 2 + digits;
    let contents = bytes.get(begins..begins + length)?;
    Some((&bytes[..begins + length], contents, &bytes[begins + length..]))
}
