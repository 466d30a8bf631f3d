//! The identity of one enrolment: a key, a certificate of it that nobody else vouches for, and both as PKCS #12.
//!
//! The server makes it, puts it into the profile and forgets the key; it keeps the certificate's number
//! ([`certificate_number`]). RSA, because every macOS signs with it.

mod der;
mod pkcs12;

use rand_core::CryptoRng;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_RSA_SHA256, SerialNumber,
};
use rsa::pkcs8::EncodePrivateKey as _;
use time::OffsetDateTime;
use trust::time::Timestamp;
use zeroize::Zeroizing;

use crate::signature::certificate_number;

/// The length of the key, in bits.
const BITS: usize = 2048;

/// How long the certificate says that it is valid. Whether it counts is what the server keeps of it; a Mac that lay in a drawer
/// for years is not locked out by a date.
const YEARS: i64 = 20;

/// Why there is no identity. None of these tells anything of a key.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// No key could be made.
    #[error("make key")]
    Key(#[source] rsa::Error),
    /// The key could not be written down.
    #[error("write key")]
    Write(#[source] rsa::pkcs8::Error),
    /// No certificate could be made.
    #[error("make certificate")]
    Certificate(#[from] rcgen::Error),
}

/// An identity, to be put into a profile and forgotten.
pub struct Identity {
    /// Key and certificate as PKCS #12 (RFC 7292).
    pub pkcs12: Zeroizing<Vec<u8>>,
    /// What opens that.
    pub password: Zeroizing<String>,
    /// The number by which its certificate is known.
    pub certificate: [u8; 32],
}

/// Makes an identity whose certificate is called `name`.
///
/// # Errors
/// When the machine cannot.
pub fn make(name: &str, now: Timestamp, rng: &mut impl CryptoRng) -> Result<Identity, IdentityError> {
    let key = rsa::RsaPrivateKey::new(rng, BITS).map_err(IdentityError::Key)?;
    let der = key.to_pkcs8_der().map_err(IdentityError::Write)?;
    drop(key);
    let pair = KeyPair::from_pkcs8_der_and_sign_algo(&der.as_bytes().into(), &PKCS_RSA_SHA256)?;
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    let mut serial_number = [0; 16];
    rng.fill_bytes(&mut serial_number);
    // A positive number, and never a shorter one.
    serial_number[0] = serial_number[0] & 0x3f | 0x40;
    params.serial_number = Some(SerialNumber::from_slice(&serial_number));
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let begins = OffsetDateTime::from_unix_timestamp(now.as_millis().div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    params.not_before = begins;
    params.not_after = begins.saturating_add(time::Duration::days(365 * YEARS));
    let certificate = params.self_signed(&pair)?;
    let mut secret = Zeroizing::new([0; 24]);
    rng.fill_bytes(&mut *secret);
    let password = Zeroizing::new(
        secret
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>(),
    );
    let mut salts = [[0; 8]; 3];
    salts.iter_mut().for_each(|salt| rng.fill_bytes(salt));
    Ok(Identity {
        pkcs12: pkcs12::write(der.as_bytes(), certificate.der(), &password, salts),
        password,
        certificate: certificate_number(certificate.der()),
    })
}
