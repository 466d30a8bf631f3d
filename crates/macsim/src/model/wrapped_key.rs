//! The volume key and its wrappings. A Secure Token is nothing but such a wrapping: who can open one
//! can unlock the disk and make another.

use serde::{Deserialize, Serialize};

use super::digest::{Bytes32, fingerprint, hmac, stretch};
use super::random::Random;

/// The key that encrypts the volume. Only ever stored wrapped, except on a Mac that nobody has claimed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumeKey(pub Bytes32);

/// The volume key, openable with one passphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    salt: Bytes32,
    ciphertext: Bytes32,
    tag: Bytes32,
    pub(super) fingerprint: Bytes32,
}

const PURPOSE: &str = "disk";

impl VolumeKey {
    /// A fresh key.
    pub fn draw(random: &mut Random) -> Self {
        Self(Bytes32(random.bytes()))
    }

    /// Wraps the key for whoever knows `passphrase`.
    pub fn wrap(&self, passphrase: &str, random: &mut Random) -> WrappedKey {
        let salt = Bytes32(random.bytes());
        let wrapping = stretch(PURPOSE, passphrase, &salt);
        let ciphertext = mask(&self.0, &wrapping);
        WrappedKey {
            salt,
            ciphertext,
            tag: tag(&ciphertext, &wrapping),
            fingerprint: fingerprint(passphrase),
        }
    }
}

impl WrappedKey {
    /// The volume key, if `passphrase` is the right one.
    #[must_use]
    pub fn unwrap(&self, passphrase: &str) -> Option<VolumeKey> {
        let wrapping = stretch(PURPOSE, passphrase, &self.salt);
        (tag(&self.ciphertext, &wrapping) == self.tag).then(|| VolumeKey(mask(&self.ciphertext, &wrapping)))
    }
}

fn mask(block: &Bytes32, wrapping: &[u8; 32]) -> Bytes32 {
    let mut masked = hmac(wrapping, b"mask");
    for (byte, other) in masked.iter_mut().zip(&block.0) {
        *byte ^= other;
    }
    Bytes32(masked)
}

fn tag(ciphertext: &Bytes32, wrapping: &[u8; 32]) -> Bytes32 {
    Bytes32(hmac(&hmac(wrapping, b"authenticate"), &ciphertext.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_passphrase_opens_the_key() {
        let mut random = Random::new(7);
        let key = VolumeKey::draw(&mut random);
        let wrapped = key.wrap("tr0ub4dor & 3", &mut random);
        assert_eq!(wrapped.unwrap("tr0ub4dor & 3"), Some(key));
        assert_eq!(wrapped.unwrap("tr0ub4dor & 4"), None);
        assert_eq!(wrapped.unwrap(""), None);
    }
}
