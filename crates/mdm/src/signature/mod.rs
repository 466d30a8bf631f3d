//! The signature of a Mac's request: the header `Mdm-Signature`, a detached CMS signature (RFC 5652) over the body.
//!
//! A Mac is known by its certificate, which is found by its SHA-256: the server made it and keeps that number, so that no chain
//! of certificates has to be believed. Real Macs send indefinite lengths, no signed attributes and, some of them, SHA-1
//! (`nanomdm:cryptoutil`); all of that is read. An RSA signature over SHA-1 can be forged only by whoever finds a second message
//! for a digest that the Mac has signed, which nobody can.

mod algorithm;
mod certificate;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cms_kit::ber::{Element, Reader, tag};
use ring::digest::{SHA256, digest};
use ring::signature::UnparsedPublicKey;

use algorithm::Hash;
use certificate::Certificate;

/// The header, in lower case.
pub const HEADER: &str = "mdm-signature";

/// The longest header that is looked at, in bytes: several times one with a chain of certificates.
const LONGEST: usize = 16 * 1024;

/// `signedData`, 1.2.840.113549.1.7.2.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// `data`, 1.2.840.113549.1.7.1.
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// `contentType`, 1.2.840.113549.1.9.3.
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
/// `messageDigest`, 1.2.840.113549.1.9.4.
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];

/// Why nobody is known to have signed a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// It is no base64, or too long.
    #[error("read signature header")]
    Header,
    /// It is no signature of one signer with that one's certificate.
    #[error("read signature")]
    Form,
    /// It is of a kind that no Mac makes.
    #[error("use algorithm of signature")]
    Algorithm,
    /// It was made for another body, or by another key.
    #[error("verify signature")]
    Wrong,
}

/// The number by which a certificate is known: the SHA-256 of its DER.
pub fn certificate_number(der: &[u8]) -> [u8; 32] {
    let mut number = [0; 32];
    number.copy_from_slice(digest(&SHA256, der).as_ref());
    number
}

/// The SHA-256 of the certificate whose key has signed `body`. Whose certificate it is, and whether it still counts, is another
/// question.
///
/// # Errors
/// When `header` is no signature over exactly `body`.
pub fn signer(header: &[u8], body: &[u8]) -> Result<[u8; 32], SignatureError> {
    if header.len() > LONGEST {
        return Err(SignatureError::Header);
    }
    let message = STANDARD.decode(header).map_err(|_| SignatureError::Header)?;
    verify(&message, body)
}

/// [`signer`] of a message that is no base64 any more.
///
/// # Errors
/// As there.
pub fn verify(message: &[u8], body: &[u8]) -> Result<[u8; 32], SignatureError> {
    let (signed, certificates) = read(message).ok_or(SignatureError::Form)?;
    let mut candidates = certificates.into_iter().filter(|one| signed.is_by(one));
    let (Some(certificate), None) = (candidates.next(), candidates.next()) else {
        return Err(SignatureError::Form);
    };
    let scheme =
        algorithm::scheme(signed.hash, signed.signature_algorithm).ok_or(SignatureError::Algorithm)?;
    let key = certificate.rsa_key().ok_or(SignatureError::Algorithm)?;
    let over = match signed.attributes {
        None => body.to_vec(),
        Some(attributes) => {
            let told = signed_digest(attributes).ok_or(SignatureError::Form)?;
            if told != signed.hash.of(body) {
                return Err(SignatureError::Wrong);
            }
            // RFC 5652, 5.4: what is signed is the set itself, not its place in the message.
            [&[tag::SET], &attributes.whole[1..]].concat()
        }
    };
    UnparsedPublicKey::new(scheme, key)
        .verify(&over, &signed.signature)
        .map_err(|_| SignatureError::Wrong)?;
    Ok(certificate.sha256())
}

/// What the one signer says.
struct Signed<'a> {
    /// Issuer and serial number of the certificate, or `None` when only the name of its key is told.
    by: Option<Element<'a>>,
    hash: Hash,
    attributes: Option<Element<'a>>,
    signature_algorithm: &'a [u8],
    signature: Vec<u8>,
}

impl Signed<'_> {
    fn is_by(&self, certificate: &Certificate<'_>) -> bool {
        self.by.is_none_or(|by| certificate.is_named(by))
    }
}

fn read(message: &[u8]) -> Option<(Signed<'_>, Vec<Certificate<'_>>)> {
    let mut info = Reader::new(message).expect(tag::SEQUENCE)?.inside();
    is(info.expect(tag::OBJECT_IDENTIFIER)?, SIGNED_DATA)?;
    let mut data = info
        .expect(tag::CONTEXT_0)?
        .inside()
        .expect(tag::SEQUENCE)?
        .inside();
    data.expect(tag::INTEGER)?;
    data.expect(tag::SET)?;
    let mut content = data.expect(tag::SEQUENCE)?.inside();
    is(content.expect(tag::OBJECT_IDENTIFIER)?, DATA)?;
    let mut listed = data.expect(tag::CONTEXT_0)?.inside();
    let mut certificates = Vec::new();
    while !listed.is_at_end() {
        certificates.push(Certificate::read(listed.next()?)?);
    }
    data.take(tag::CONTEXT_1);
    let mut signers = data.expect(tag::SET)?.inside();
    let signed = read_signer(signers.expect(tag::SEQUENCE)?)?;
    signers.is_at_end().then_some((signed, certificates))
}

fn read_signer(signer: Element<'_>) -> Option<Signed<'_>> {
    let mut signer = signer.inside();
    signer.expect(tag::INTEGER)?;
    let by = signer.next()?;
    let by = match by.tag {
        tag::SEQUENCE => Some(by),
        tag::CONTEXT_0_BYTES => None,
        _ => return None,
    };
    let hash = Hash::of_algorithm(signer.expect(tag::SEQUENCE)?)?;
    let attributes = signer.take(tag::CONTEXT_0);
    let algorithm = signer
        .expect(tag::SEQUENCE)?
        .inside()
        .expect(tag::OBJECT_IDENTIFIER)?;
    Some(Signed {
        by,
        hash,
        attributes,
        signature_algorithm: algorithm.contents,
        signature: signer.next()?.octets()?,
    })
}

/// The digest of the body that signed attributes tell. They tell it once, and that the body is plain data.
fn signed_digest(attributes: Element<'_>) -> Option<Vec<u8>> {
    if !attributes.is_definite {
        return None;
    }
    let (mut digest, mut content_type) = (None, None);
    let mut list = attributes.inside();
    while !list.is_at_end() {
        let mut attribute = list.expect(tag::SEQUENCE)?.inside();
        let name = attribute.expect(tag::OBJECT_IDENTIFIER)?.contents;
        let mut values = attribute.expect(tag::SET)?.inside();
        let place = match name {
            MESSAGE_DIGEST => &mut digest,
            CONTENT_TYPE => &mut content_type,
            _ => continue,
        };
        let is_first = place.replace(values.next()?).is_none();
        (is_first && values.is_at_end()).then_some(())?;
    }
    is(content_type?, DATA)?;
    digest?.octets()
}

fn is(element: Element<'_>, identifier: &[u8]) -> Option<()> {
    (element.tag == tag::OBJECT_IDENTIFIER && element.contents == identifier).then_some(())
}
