//! PKCS #12 (RFC 7292): a key and its certificate under a password.
//!
//! Written here, because what writes it elsewhere either writes only what macOS up to 14 does not import, or needs other versions of
//! the crates that `cms-kit` uses. Triple DES and SHA-1 protect nothing in our profiles, in which the password stands as well: it is
//! the form that is wanted.

use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use des::TdesEde3;
use ring::{digest, hmac};
use zeroize::Zeroizing;

use super::der::{element, explicit, identifier, number, octets, sequence};

/// How often the password is stretched. It stands beside what it opens, so that once would do; importers want more.
const ITERATIONS: u32 = 2048;

/// The block of SHA-1, in bytes.
const BLOCK: usize = 64;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
/// `pbeWithSHAAnd3-KeyTripleDES-CBC`.
const TRIPLE_DES: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01, 0x03];
/// `pkcs8ShroudedKeyBag`.
const KEY_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x02];
/// `certBag`.
const CERTIFICATE_BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03];
/// `x509Certificate`.
const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
/// `localKeyId`, by which a key and its certificate find each other.
const LOCAL_KEY_ID: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x15];
const SHA1: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1a];

/// What a derived key is for (RFC 7292, B.3).
#[derive(Clone, Copy)]
enum Purpose {
    Encryption = 1,
    InitialValue = 2,
    Integrity = 3,
}

/// A key as PKCS #8 and its certificate, under an ASCII password. Each salt is used for one thing.
pub(super) fn write(
    key: &[u8],
    certificate: &[u8],
    password: &str,
    salts: [[u8; 8]; 3],
) -> Zeroizing<Vec<u8>> {
    let password = as_utf16(password);
    let [key_salt, certificate_salt, integrity_salt] = salts;
    let name = octets(digest::digest(&digest::SHA256, certificate).as_ref());
    let attributes = element(
        0x31,
        &[&sequence(&[&identifier(LOCAL_KEY_ID), &element(0x31, &[&name])])],
    );
    let bag = |kind: &[u8], contents: &[u8]| {
        sequence(&[&sequence(&[&identifier(kind), &explicit(contents), &attributes])])
    };

    let shrouded = sequence(&[
        &algorithm(&key_salt),
        &octets(&encrypt(key, &password, &key_salt)),
    ]);
    let keys = sequence(&[&identifier(DATA), &explicit(&octets(&bag(KEY_BAG, &shrouded)))]);
    let x509 = sequence(&[&identifier(X509), &explicit(&octets(certificate))]);
    let encrypted = encrypt(&bag(CERTIFICATE_BAG, &x509), &password, &certificate_salt);
    let certificates = sequence(&[
        &identifier(ENCRYPTED_DATA),
        &explicit(&sequence(&[
            &number(0),
            &sequence(&[
                &identifier(DATA),
                &algorithm(&certificate_salt),
                &element(0x80, &[&encrypted]),
            ]),
        ])),
    ]);
    let safe = sequence(&[&certificates, &keys]);

    let integrity_key = derive::<20>(Purpose::Integrity, &password, &integrity_salt);
    let integrity_key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &*integrity_key);
    let integrity = hmac::sign(&integrity_key, &safe);
    let sha1 = sequence(&[&identifier(SHA1), &element(0x05, &[])]);
    Zeroizing::new(sequence(&[
        &number(3),
        &sequence(&[&identifier(DATA), &explicit(&octets(&safe))]),
        &sequence(&[
            &sequence(&[&sha1, &octets(integrity.as_ref())]),
            &octets(&integrity_salt),
            &number(ITERATIONS),
        ]),
    ]))
}

/// How something is encrypted, and with which salt.
fn algorithm(salt: &[u8; 8]) -> Vec<u8> {
    sequence(&[
        &identifier(TRIPLE_DES),
        &sequence(&[&octets(salt), &number(ITERATIONS)]),
    ])
}

fn encrypt(clear: &[u8], password: &[u8], salt: &[u8; 8]) -> Vec<u8> {
    let key = derive::<24>(Purpose::Encryption, password, salt);
    let initial = derive::<8>(Purpose::InitialValue, password, salt);
    Encryptor::<TdesEde3>::new((&*key).into(), (&*initial).into()).encrypt_padded_vec::<Pkcs7>(clear)
}

/// The password as keys are derived from it: in two bytes a character, and two zero bytes at the end.
fn as_utf16(password: &str) -> Zeroizing<Vec<u8>> {
    let units = password.encode_utf16().chain([0]);
    Zeroizing::new(units.flat_map(u16::to_be_bytes).collect())
}

/// A key derived by SHA-1 (RFC 7292, B.2).
fn derive<const LENGTH: usize>(purpose: Purpose, password: &[u8], salt: &[u8; 8]) -> Zeroizing<[u8; LENGTH]> {
    let sha1 = |bytes: &[u8]| digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes);
    let blocks = |bytes: &[u8]| -> Vec<u8> {
        let length = bytes.len().div_ceil(BLOCK) * BLOCK;
        bytes.iter().copied().cycle().take(length).collect()
    };
    let mut state = Zeroizing::new([blocks(salt), blocks(password)].concat());
    let diversifier = [purpose as u8; BLOCK];
    let mut derived = Zeroizing::new([0; LENGTH]);
    for part in derived.chunks_mut(20) {
        let mut hash = sha1(&Zeroizing::new([&diversifier, state.as_slice()].concat()));
        for _ in 1..ITERATIONS {
            hash = sha1(hash.as_ref());
        }
        part.copy_from_slice(&hash.as_ref()[..part.len()]);
        let addend = blocks(hash.as_ref());
        for block in state.chunks_mut(BLOCK) {
            add_with_one(block, &addend);
        }
    }
    derived
}

/// Adds `addend` and 1 to a number of as many bytes; what does not fit is dropped.
fn add_with_one(number: &mut [u8], addend: &[u8]) {
    let mut carry = 1;
    for (digit, more) in number.iter_mut().zip(addend).rev() {
        let sum = u16::from(*digit) + u16::from(*more) + carry;
        *digit = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_added_with_their_carry() {
        let mut number = [0x00, 0xff, 0xff];
        add_with_one(&mut number, &[0x00, 0x00, 0x01]);
        assert_eq!(number, [0x01, 0x00, 0x01]);
        let mut all = [0xff; 3];
        add_with_one(&mut all, &[0x00; 3]);
        assert_eq!(all, [0; 3]);
    }
}
