//! Sealing a secret to a device's key: HPKE (RFC 9180) in base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.
//!
//! The plaintext is padded to a multiple of [`PADDING`] bytes, so that a ciphertext does not tell how long a password is.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use rand_core::CryptoRng;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::encoding::Bytes;

/// Sealed plaintexts are padded to a multiple of this many bytes.
pub const PADDING: usize = 256;

/// The longest secret that can be sealed, in bytes.
pub const LONGEST_SECRET: usize = 4 * PADDING - LENGTH_PREFIX;

const LENGTH_PREFIX: usize = 2;
const INFO: &[u8] = b"bestow seal v1";

type Suite = X25519HkdfSha256;

/// The public half of a device's sealing key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealingPublicKey(pub Bytes);

impl SealingPublicKey {
    /// What people compare: the first 16 bytes of the key's SHA-256 as groups of four hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.0.0);
        let groups: Vec<String> = digest[..16]
            .chunks(2)
            .map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]))
            .collect();
        groups.join(" ")
    }
}

/// The private half. It never leaves the device.
pub struct SealingPrivateKey(<Suite as Kem>::PrivateKey);

impl std::fmt::Debug for SealingPrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingPrivateKey(…)")
    }
}

impl SealingPrivateKey {
    /// Makes a key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(<Suite as Kem>::gen_keypair_with_rng(rng).0)
    }

    /// Reads a key that [`to_bytes`](Self::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        <Suite as Kem>::PrivateKey::from_bytes(bytes)
            .map(Self)
            .map_err(|_| SealError::BadKey)
    }

    /// The key's bytes, for the keychain.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_bytes().to_vec())
    }

    /// The public half.
    pub fn public_key(&self) -> SealingPublicKey {
        SealingPublicKey(Bytes(<Suite as Kem>::sk_to_pk(&self.0).to_bytes().to_vec()))
    }

    /// Opens `sealed`, which must have been bound to `associated_data`.
    pub fn open(&self, sealed: &Sealed, associated_data: &[u8]) -> Result<SecretString, SealError> {
        let encapsulated = <Suite as Kem>::EncappedKey::from_bytes(&sealed.encapsulated_key.0)
            .map_err(|_| SealError::DoesNotOpen)?;
        let padded = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeR::Base,
            &self.0,
            &encapsulated,
            INFO,
            &sealed.ciphertext.0,
            associated_data,
        )
        .map(Zeroizing::new)
        .map_err(|_| SealError::DoesNotOpen)?;
        unpad(&padded).ok_or(SealError::DoesNotOpen)
    }
}

/// A secret that only one device can open, and only for the purpose it was sealed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The ephemeral public key of this seal.
    pub encapsulated_key: Bytes,
    /// The encrypted, padded secret with its tag.
    pub ciphertext: Bytes,
}

/// Seals `secret` to `recipient`, bound to `associated_data`.
pub fn seal(
    recipient: &SealingPublicKey,
    secret: &SecretString,
    associated_data: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Sealed, SealError> {
    let recipient = <Suite as Kem>::PublicKey::from_bytes(&recipient.0.0).map_err(|_| SealError::BadKey)?;
    let padded = pad(secret.expose_secret().as_bytes())?;
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Suite>(
        &OpModeS::Base,
        &recipient,
        INFO,
        &padded,
        associated_data,
        rng,
    )
    .map_err(|_| SealError::BadKey)?;
    Ok(Sealed {
        encapsulated_key: Bytes(encapsulated.to_bytes().to_vec()),
        ciphertext: Bytes(ciphertext),
    })
}

/// Why a secret was not sealed or not opened. None of these tells anything about the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key is not one of this suite.
    #[error("use sealing key: it is not an X25519 key")]
    BadKey,
    /// The secret exceeds [`LONGEST_SECRET`].
    #[error("seal secret: it is longer than {LONGEST_SECRET} bytes")]
    TooLong,
    /// Another key, other associated data, or a changed ciphertext.
    #[error("open sealed secret: it was sealed to another key or for another purpose")]
    DoesNotOpen,
}

fn pad(secret: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    if secret.len() > LONGEST_SECRET {
        return Err(SealError::TooLong);
    }
    let length = u16::try_from(secret.len()).map_err(|_| SealError::TooLong)?;
    let padded_length = (LENGTH_PREFIX + secret.len()).next_multiple_of(PADDING);
    let mut padded = Zeroizing::new(vec![0; padded_length]);
    padded[..LENGTH_PREFIX].copy_from_slice(&length.to_be_bytes());
    padded[LENGTH_PREFIX..LENGTH_PREFIX + secret.len()].copy_from_slice(secret);
    Ok(padded)
}

fn unpad(padded: &[u8]) -> Option<SecretString> {
    let (length, rest) = padded.split_first_chunk::<LENGTH_PREFIX>()?;
    let secret = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
    std::str::from_utf8(secret).ok().map(SecretString::from)
}
