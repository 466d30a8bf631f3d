//! EnvelopedData (RFC 5652, section 6) for one recipient, whose RSA key wraps the content's key by PKCS #1 v1.5. That is what
//! macOS writes.
//!
//! An EnvelopedData is not authenticated: whoever has the certificate can make one, and whoever can change one can change bits
//! of the content's first block. What is in it is a claim, and needs a proof of its own.

use cms::cert::IssuerAndSerialNumber;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::enveloped_data::{
    EncryptedContentInfo, EnvelopedData, KeyTransRecipientInfo, RecipientIdentifier, RecipientInfo,
    RecipientInfos,
};
use const_oid::db::rfc5911::{ID_DATA, ID_ENVELOPED_DATA};
use const_oid::db::rfc5912::RSA_ENCRYPTION;
use der::asn1::OctetString;
use der::{Any, Decode as _, Encode as _};
use rand_core::CryptoRng;
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use crate::ber::{Tree, tag};
use crate::content_cipher::ContentCipher;
use crate::recipient::Recipient;

/// The tag of an encrypted content in one piece, and in several.
const CONTENT: u8 = 0x80;
const CONTENT_IN_PIECES: u8 = 0xa0;

/// Why an EnvelopedData was not opened. The first three follow from what everybody can read of it; a key that does not unwrap
/// and a content that does not decrypt are one and the same answer, so that nobody learns of either by asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is no such message.
    #[error("the message is no EnvelopedData")]
    NotEnveloped,
    /// It is encrypted for others.
    #[error("the message is encrypted to another certificate")]
    NotForUs,
    /// It uses something that macOS does not.
    #[error("the message uses an algorithm that is not known here")]
    Unsupported,
    /// It was changed, or never opened.
    #[error("the message does not open")]
    DoesNotOpen,
}

/// Why nothing was sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// It cannot be written.
    #[error("write the message")]
    Write(#[from] der::Error),
    /// The content cannot be encrypted.
    #[error("encrypt the content")]
    Encrypt,
    /// The certificate's key wraps nothing.
    #[error("wrap the content's key")]
    Wrap(#[from] rsa::Error),
}

/// The content of an EnvelopedData, in DER or BER, that is encrypted to `recipient`. The randomness blinds the private key's use.
///
/// # Errors
/// See [`OpenError`].
pub fn open(
    recipient: &Recipient,
    message: &[u8],
    random: &mut (impl CryptoRng + ?Sized),
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let enveloped = read(message).ok_or(OpenError::NotEnveloped)?;
    let to_us = enveloped.recip_infos.0.iter().find_map(|info| match info {
        RecipientInfo::Ktri(info) if is_to(recipient, &info.rid) => Some(info),
        _ => None,
    });
    let to_us = to_us.ok_or(OpenError::NotForUs)?;
    if !wraps_by_rsa(&to_us.key_enc_alg) {
        return Err(OpenError::Unsupported);
    }
    let content = &enveloped.encrypted_content;
    let (cipher, vector) = ContentCipher::of(&content.content_enc_alg).ok_or(OpenError::Unsupported)?;
    let encrypted = content
        .encrypted_content
        .as_ref()
        .ok_or(OpenError::NotEnveloped)?;
    let mut key = Zeroizing::new(vec![0; cipher.key_length()]);
    random.fill_bytes(&mut key);
    // What does not unwrap gives another key, so that only the content's padding tells, as with a wrong key of the right length.
    if let Ok(unwrapped) = recipient.unwrap(to_us.enc_key.as_bytes(), random)
        && unwrapped.len() == key.len()
    {
        key.copy_from_slice(&unwrapped);
    }
    cipher
        .decrypt(&key, vector, encrypted.as_bytes())
        .ok_or(OpenError::DoesNotOpen)
}

/// An EnvelopedData in DER with `content`, encrypted to `recipient` with AES-256.
///
/// # Errors
/// When it cannot be written.
pub fn seal(
    recipient: &Recipient,
    content: &[u8],
    random: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, SealError> {
    let cipher = ContentCipher::Aes256;
    let mut key = Zeroizing::new(vec![0; cipher.key_length()]);
    let mut vector = [0; 16];
    random.fill_bytes(&mut key);
    random.fill_bytes(&mut vector);
    let encrypted = cipher.encrypt(&key, &vector, content).ok_or(SealError::Encrypt)?;
    let info = RecipientInfo::Ktri(KeyTransRecipientInfo {
        version: CmsVersion::V0,
        rid: RecipientIdentifier::IssuerAndSerialNumber(recipient.issuer_and_serial_number()),
        key_enc_alg: AlgorithmIdentifierOwned {
            oid: RSA_ENCRYPTION,
            parameters: Some(Any::null()),
        },
        enc_key: OctetString::new(recipient.wrap(&key, random)?)?,
    });
    let enveloped = EnvelopedData {
        version: CmsVersion::V0,
        originator_info: None,
        recip_infos: RecipientInfos::try_from(vec![info])?,
        encrypted_content: EncryptedContentInfo {
            content_type: ID_DATA,
            content_enc_alg: cipher.algorithm(&vector)?,
            encrypted_content: Some(OctetString::new(encrypted)?),
        },
        unprotected_attrs: None,
    };
    let info = ContentInfo {
        content_type: ID_ENVELOPED_DATA,
        content: Any::encode_from(&enveloped)?,
    };
    Ok(info.to_der()?)
}

/// The message, when it is an EnvelopedData of data whose version is the one that its parts ask for.
fn read(message: &[u8]) -> Option<EnvelopedData> {
    let mut root = Tree::read(message)?;
    // Of a context-specific tag only the type tells that it is a string: ContentInfo, [0], EnvelopedData, EncryptedContentInfo.
    let enveloped = root.children().get_mut(1)?.children().get_mut(0)?;
    let info = enveloped
        .children()
        .iter_mut()
        .rfind(|part| part.tag == tag::SEQUENCE)?;
    if let Some(content) = info.children().get_mut(2)
        && content.tag == CONTENT_IN_PIECES
    {
        content.join(CONTENT)?;
    }
    let info = ContentInfo::from_der(&root.to_der()).ok()?;
    if info.content_type != ID_ENVELOPED_DATA {
        return None;
    }
    let enveloped: EnvelopedData = info.content.decode_as().ok()?;
    let is_of_data = enveloped.encrypted_content.content_type == ID_DATA;
    (is_of_data && enveloped.version == version_of(&enveloped)?).then_some(enveloped)
}

/// The version by RFC 5652, section 6.1; `None` where a recipient is of a kind, or has a version, that is not for us.
fn version_of(enveloped: &EnvelopedData) -> Option<CmsVersion> {
    let mut is_first = enveloped.originator_info.is_none() && enveloped.unprotected_attrs.is_none();
    for info in enveloped.recip_infos.0.iter() {
        let RecipientInfo::Ktri(info) = info else {
            return None;
        };
        let version = match info.rid {
            RecipientIdentifier::IssuerAndSerialNumber(_) => CmsVersion::V0,
            RecipientIdentifier::SubjectKeyIdentifier(_) => CmsVersion::V2,
        };
        if info.version != version {
            return None;
        }
        is_first &= version == CmsVersion::V0;
    }
    Some(if is_first { CmsVersion::V0 } else { CmsVersion::V2 })
}

fn is_to(recipient: &Recipient, id: &RecipientIdentifier) -> bool {
    match id {
        RecipientIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer,
            serial_number,
        }) => {
            let ours = recipient.issuer_and_serial_number();
            (issuer, serial_number) == (&ours.issuer, &ours.serial_number)
        }
        RecipientIdentifier::SubjectKeyIdentifier(id) => {
            recipient.subject_key_identifier().as_ref() == Some(id)
        }
    }
}

fn wraps_by_rsa(algorithm: &AlgorithmIdentifierOwned) -> bool {
    let has_no_parameters = algorithm.parameters.as_ref().is_none_or(Any::is_null);
    algorithm.oid == RSA_ENCRYPTION && has_no_parameters
}
