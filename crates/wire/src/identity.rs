//! How a device shows who it is: a short-lived token, signed with its own Ed25519 key, on each request.

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use trust::id::DeviceId;
use trust::time::Timestamp;
use zeroize::Zeroizing;

use crate::encoding::Bytes;

/// The scheme in the `Authorization` header.
pub const SCHEME: &str = "Bestow-Device";

/// How long a token is good for after it was made. Also how far a Mac's clock may be ahead.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(120);

const PURPOSE: &str = "bestow agent token v1";

/// A device's private signing key. It never leaves the device.
pub struct DeviceSigningKey(SigningKey);

impl std::fmt::Debug for DeviceSigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceSigningKey(…)")
    }
}

impl DeviceSigningKey {
    /// Makes a key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self(SigningKey::from_bytes(&seed))
    }

    /// Reads a key that [`to_bytes`](Self::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TokenError> {
        let seed = <&[u8; 32]>::try_from(bytes).map_err(|_| TokenError::BadKey)?;
        Ok(Self(SigningKey::from_bytes(seed)))
    }

    /// The key's bytes, for the keychain.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_bytes().to_vec())
    }

    /// The public half.
    pub fn public_key(&self) -> DevicePublicKey {
        DevicePublicKey(Bytes(self.0.verifying_key().to_bytes().to_vec()))
    }

    /// A token for one request of `device`, made at `now`.
    pub fn token(&self, device: DeviceId, now: Timestamp) -> String {
        let claims = Claims {
            purpose: PURPOSE.to_owned(),
            device,
            made_at: now,
        };
        let claims = serde_json::to_vec(&claims).unwrap_or_default();
        let signature = self.sign(&claims);
        format!("{}.{}", Bytes(claims).to_text(), signature.to_text())
    }

    /// Signs `message`, as a proof that the key is there.
    pub fn sign(&self, message: &[u8]) -> Bytes {
        Bytes(self.0.sign(message).to_bytes().to_vec())
    }
}

/// The public half of a device's signing key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DevicePublicKey(pub Bytes);

impl DevicePublicKey {
    /// Whether `signature` is this key's signature of `message`.
    pub fn verify(&self, message: &[u8], signature: &Bytes) -> Result<(), TokenError> {
        let key = <&[u8; 32]>::try_from(self.0.0.as_slice()).map_err(|_| TokenError::BadKey)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| TokenError::BadKey)?;
        let signature = Signature::from_slice(&signature.0).map_err(|_| TokenError::BadSignature)?;
        key.verify(message, &signature)
            .map_err(|_| TokenError::BadSignature)
    }
}

/// A token whose signature has not been looked at. Its device is a claim until [`verify`](Self::verify) says so.
#[derive(Debug)]
pub struct UnverifiedToken {
    signed: Vec<u8>,
    signature: Bytes,
    claims: Claims,
}

impl UnverifiedToken {
    /// Takes a token apart.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let (claims, signature) = text.split_once('.').ok_or(TokenError::Malformed)?;
        let signed = Bytes::from_text(claims).map_err(|_| TokenError::Malformed)?.0;
        let signature = Bytes::from_text(signature).map_err(|_| TokenError::Malformed)?;
        let claims: Claims = serde_json::from_slice(&signed).map_err(|_| TokenError::Malformed)?;
        if claims.purpose != PURPOSE {
            return Err(TokenError::Malformed);
        }
        Ok(Self {
            signed,
            signature,
            claims,
        })
    }

    /// The device that the token claims to come from, to look up its key.
    pub fn claimed_device(&self) -> DeviceId {
        self.claims.device
    }

    /// Checks signature and age. Answers the device that has shown who it is.
    pub fn verify(&self, key: &DevicePublicKey, now: Timestamp) -> Result<DeviceId, TokenError> {
        key.verify(&self.signed, &self.signature)?;
        let age_is_fine = now.since(self.claims.made_at) <= TOKEN_LIFETIME
            && self.claims.made_at.since(now) <= TOKEN_LIFETIME;
        if age_is_fine {
            Ok(self.claims.device)
        } else {
            Err(TokenError::WrongTime)
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    purpose: String,
    device: DeviceId,
    made_at: Timestamp,
}

/// Why a device has not shown who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The text has not the shape of a token.
    #[error("read device token: it has not the shape of one")]
    Malformed,
    /// The key is not an Ed25519 key.
    #[error("use device key: it is not an Ed25519 key")]
    BadKey,
    /// Somebody else's signature, or changed claims.
    #[error("verify device token: the signature is not the device's")]
    BadSignature,
    /// The token is too old, or from the future.
    #[error("verify device token: the Mac's clock and the server's differ by more than two minutes")]
    WrongTime,
}
