//! What of a certificate a signature needs: who it names, and its key.

use cms_kit::ber::{Element, tag};

/// `rsaEncryption`, 1.2.840.113549.1.1.1.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// A certificate.
pub(super) struct Certificate<'a> {
    whole: &'a [u8],
    serial_number: &'a [u8],
    issuer: &'a [u8],
    key: Element<'a>,
}

impl<'a> Certificate<'a> {
    /// The certificate that an element is (RFC 5280, 4.1).
    pub(super) fn read(element: Element<'a>) -> Option<Self> {
        let mut signed = (element.tag == tag::SEQUENCE)
            .then(|| element.inside().expect(tag::SEQUENCE))??
            .inside();
        signed.take(tag::CONTEXT_0);
        let serial_number = signed.expect(tag::INTEGER)?.contents;
        signed.expect(tag::SEQUENCE)?;
        let issuer = signed.expect(tag::SEQUENCE)?.whole;
        let _validity = signed.expect(tag::SEQUENCE)?;
        let _subject = signed.expect(tag::SEQUENCE)?;
        Some(Self {
            whole: element.whole,
            serial_number,
            issuer,
            key: signed.expect(tag::SEQUENCE)?,
        })
    }

    /// Whether it has this issuer and serial number.
    pub(super) fn is_named(&self, issuer_and_serial_number: Element<'_>) -> bool {
        let mut named = issuer_and_serial_number.inside();
        let issuer = named.expect(tag::SEQUENCE).map(|issuer| issuer.whole);
        let serial_number = named.expect(tag::INTEGER).map(|number| number.contents);
        issuer == Some(self.issuer) && serial_number == Some(self.serial_number)
    }

    /// Its key as RSA has it (RFC 8017, A.1.1); `None` when it is another one.
    pub(super) fn rsa_key(&self) -> Option<&'a [u8]> {
        let mut key = self.key.inside();
        let algorithm = key
            .expect(tag::SEQUENCE)?
            .inside()
            .expect(tag::OBJECT_IDENTIFIER)?;
        let bits = key.expect(tag::BIT_STRING)?.contents;
        // The first byte counts the bits that are left over, which are none.
        bits.strip_prefix(&[0]).filter(|_| algorithm.contents == RSA)
    }

    /// The number by which it is known.
    pub(super) fn sha256(&self) -> [u8; 32] {
        super::certificate_number(self.whole)
    }
}
