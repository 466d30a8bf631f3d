//! A secret under a data key of its own: ChaCha20-Poly1305 (RFC 8439).

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _, Nonce};
use rand_core::Rng as _;
use secrecy::{ExposeSecret as _, SecretString};
use store::escrow::{KeptSecret, WrappedKey};
use trust::escrow::EscrowKind;
use trust::id::{DeviceId, EscrowMessageId, OrganizationId, PersonId};
use zeroize::Zeroizing;

use super::data_keys::{DataKey, DataKeys, KEY_LENGTH, WrapError};
use crate::entropy::Entropy;

/// The length of a nonce, in bytes.
pub(super) const NONCE_LENGTH: usize = 12;

/// What a kept secret is bound to. A ciphertext or a data key that was put in another's place does not open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound<'a> {
    pub organization_id: OrganizationId,
    pub serial_number: &'a str,
    pub kind: EscrowKind,
    pub device_id: DeviceId,
    pub message_id: EscrowMessageId,
}

/// What a kept secret is bound to, as bytes that are those of no other.
pub(crate) trait Context {
    /// The bytes.
    fn context(&self) -> Vec<u8>;
}

/// The same of a secret that is kept for a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OfPerson {
    pub organization_id: OrganizationId,
    pub person_id: PersonId,
}

impl Context for OfPerson {
    fn context(&self) -> Vec<u8> {
        let (organization_id, person_id) = (self.organization_id, self.person_id);
        format!("bestow second factor\0{organization_id}\0{person_id}").into_bytes()
    }
}

impl Context for Bound<'_> {
    fn context(&self) -> Vec<u8> {
        // The serial number stands last: it alone has no fixed length and may hold anything.
        format!(
            "bestow kept secret\0{}\0{}\0{}\0{}\0{}",
            self.organization_id,
            self.device_id,
            self.message_id,
            self.kind.word(),
            self.serial_number
        )
        .into_bytes()
    }
}

/// Encrypts a secret with a fresh data key. Answers the ciphertext and the wrapped key.
pub(crate) async fn encrypt(
    secret: &SecretString,
    bound: &impl Context,
    keys: &dyn DataKeys,
    entropy: &Entropy,
) -> Result<(Vec<u8>, WrappedKey), WrapError> {
    let mut data_key: DataKey = Zeroizing::new([0; KEY_LENGTH]);
    entropy.lock().fill_bytes(&mut *data_key);
    let context = bound.context();
    let secret = secret.expose_secret().as_bytes();
    let ciphertext = seal_with(&data_key, secret, &context, entropy.bytes())?;
    let wrapped = keys.wrap(&data_key, &context).await?;
    Ok((ciphertext, wrapped))
}

/// Decrypts what [`encrypt`] made.
pub(crate) async fn decrypt(
    kept: &KeptSecret,
    bound: &Bound<'_>,
    keys: &dyn DataKeys,
) -> Result<SecretString, WrapError> {
    open(&kept.ciphertext, &kept.data_key, bound, keys).await
}

/// The same of a ciphertext with its data key.
pub(crate) async fn open(
    ciphertext: &[u8],
    data_key: &WrappedKey,
    bound: &impl Context,
    keys: &dyn DataKeys,
) -> Result<SecretString, WrapError> {
    let context = bound.context();
    let data_key = keys.unwrap(data_key, &context).await?;
    let secret = open_with(&data_key, ciphertext, &context).ok_or(WrapError::DoesNotUnwrap)?;
    let text = std::str::from_utf8(&secret).map_err(|_| WrapError::DoesNotUnwrap)?;
    Ok(SecretString::from(text))
}

/// Encrypts: the nonce, then the ciphertext with its tag.
pub(super) fn seal_with(
    key: &DataKey,
    secret: &[u8],
    context: &[u8],
    nonce: [u8; NONCE_LENGTH],
) -> Result<Vec<u8>, WrapError> {
    let payload = Payload {
        msg: secret,
        aad: context,
    };
    let cipher = ChaCha20Poly1305::new((&**key).into());
    let sealed = cipher
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| WrapError::DoesNotSeal)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal_with`] made; `None` when it was made with another key, for another secret, or changed.
pub(super) fn open_with(key: &DataKey, sealed: &[u8], context: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LENGTH>()?;
    let payload = Payload {
        msg: ciphertext,
        aad: context,
    };
    let cipher = ChaCha20Poly1305::new((&**key).into());
    let opened = cipher.decrypt(&Nonce::from(*nonce), payload).ok()?;
    Some(Zeroizing::new(opened))
}
