//! Whom messages are encrypted to: an RSA key with a certificate that it has signed itself.

use std::str::FromStr as _;
use std::time::Duration;

use cms::cert::IssuerAndSerialNumber;
use der::asn1::GeneralizedTime;
use der::{DecodePem as _, Encode as _, EncodePem as _};
use rand_core::CryptoRng;
use rsa::pkcs1v15::{Signature, SigningKey};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rsa::{Pkcs1v15Encrypt, RsaPrivateKey};
use sha2::Sha256;
use x509_cert::Certificate;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{self, Builder as _, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};
use zeroize::Zeroizing;

/// The length of the key, in bits.
const BITS: usize = 2048;

/// How many bytes of randomness a certificate's serial number has.
const SERIAL_NUMBER: usize = 16;

/// Where the certificate begins in the text of a recipient.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----";

/// Why there is no recipient. None of these tells anything about the key.
#[derive(Debug, thiserror::Error)]
pub enum RecipientError {
    /// The key could not be made or written.
    #[error("make an RSA key")]
    Key,
    /// The certificate could not be made.
    #[error("make a certificate")]
    Certificate,
    /// A text holds something else than a key and its certificate.
    #[error("the text does not hold an RSA key in PKCS #8 and a certificate of that key, in PEM")]
    NotARecipient,
}

/// An RSA key and its certificate.
pub struct Recipient {
    key: RsaPrivateKey,
    certificate: Certificate,
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recipient").finish_non_exhaustive()
    }
}

impl Recipient {
    /// Makes a key and a certificate of the common name `name`, which holds from `from` to `to`, both since 1970. This takes a
    /// moment: two large primes are looked for.
    ///
    /// # Errors
    /// When the name is no common name, or a time has no date.
    pub fn make(
        name: &str,
        (from, to): (Duration, Duration),
        random: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, RecipientError> {
        let key = RsaPrivateKey::new(random, BITS).map_err(|_| RecipientError::Key)?;
        let mut serial_number = [0; SERIAL_NUMBER];
        random.fill_bytes(&mut serial_number);
        let certificate =
            certify(&key, name, (from, to), serial_number).map_err(|_| RecipientError::Certificate)?;
        Ok(Self { key, certificate })
    }

    /// The recipient that [`to_pem`](Self::to_pem) wrote.
    ///
    /// # Errors
    /// When the text holds something else.
    pub fn from_pem(text: &str) -> Result<Self, RecipientError> {
        let at = text.find(CERTIFICATE).ok_or(RecipientError::NotARecipient)?;
        let (key, certificate) = text.split_at(at);
        let read = || -> Option<Self> {
            let key = RsaPrivateKey::from_pkcs8_pem(key.trim()).ok()?;
            let certificate = Certificate::from_pem(certificate.trim()).ok()?;
            let its = SubjectPublicKeyInfoOwned::from_key(&key.to_public_key()).ok()?;
            (certificate.tbs_certificate().subject_public_key_info() == &its)
                .then_some(Self { key, certificate })
        };
        read().ok_or(RecipientError::NotARecipient)
    }

    /// The key in PKCS #8 and the certificate, both in PEM.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, RecipientError> {
        let mut text = self
            .key
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| RecipientError::Key)?;
        let certificate = self.certificate.to_pem(LineEnding::LF);
        text.push_str(&certificate.map_err(|_| RecipientError::Certificate)?);
        Ok(text)
    }

    /// The certificate in DER.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn certificate(&self) -> Result<Vec<u8>, RecipientError> {
        self.certificate.to_der().map_err(|_| RecipientError::Certificate)
    }

    pub(crate) fn issuer_and_serial_number(&self) -> IssuerAndSerialNumber {
        let certificate = self.certificate.tbs_certificate();
        IssuerAndSerialNumber {
            issuer: certificate.issuer().clone(),
            serial_number: certificate.serial_number().clone(),
        }
    }

    pub(crate) fn subject_key_identifier(&self) -> Option<SubjectKeyIdentifier> {
        let found = self.certificate.tbs_certificate().get_extension();
        found.ok().flatten().map(|(_, id)| id)
    }

    pub(crate) fn wrap(&self, key: &[u8], random: &mut (impl CryptoRng + ?Sized)) -> rsa::Result<Vec<u8>> {
        self.key.to_public_key().encrypt(random, Pkcs1v15Encrypt, key)
    }

    /// What was wrapped; where the padding is wrong, something else of some length (the library's implicit rejection).
    pub(crate) fn unwrap(
        &self,
        wrapped: &[u8],
        random: &mut (impl CryptoRng + ?Sized),
    ) -> rsa::Result<Zeroizing<Vec<u8>>> {
        self.key
            .decrypt_blinded(random, Pkcs1v15Encrypt, wrapped)
            .map(Zeroizing::new)
    }
}

/// A certificate that is no authority's, for wrapping keys alone, and signed by its own key.
struct Own(Name);

impl BuilderProfile for Own {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let constraints = BasicConstraints {
            ca: false,
            path_len_constraint: None,
        };
        let usage = KeyUsage(KeyUsages::KeyEncipherment.into());
        let id = SubjectKeyIdentifier::try_from(key)?;
        let subject = tbs.subject();
        Ok(vec![
            constraints.to_extension(subject, &[])?,
            usage.to_extension(subject, &[])?,
            id.to_extension(subject, &[])?,
        ])
    }
}

fn certify(
    key: &RsaPrivateKey,
    name: &str,
    (from, to): (Duration, Duration),
    mut serial_number: [u8; SERIAL_NUMBER],
) -> builder::Result<Certificate> {
    // A serial number is positive and has no zero in front.
    serial_number[0] = serial_number[0] & 0x7f | 0x40;
    let time = |since_1970| GeneralizedTime::from_unix_duration(since_1970).map(Time::GeneralTime);
    let builder = CertificateBuilder::new(
        Own(Name::from_str(&format!("CN={name}"))?),
        SerialNumber::new(&serial_number)?,
        Validity::new(time(from)?, time(to)?),
        SubjectPublicKeyInfoOwned::from_key(&key.to_public_key())?,
    )?;
    builder.build::<_, Signature>(&SigningKey::<Sha256>::new(key.clone()))
}
