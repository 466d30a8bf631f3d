//! The two primitives that passwords and wrapped keys are made of. Strong enough to show who could
//! unlock what; deliberately cheap, so that ten thousand Macs fit into one property test.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// 32 bytes, kept in files as hexadecimal text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bytes32(pub [u8; 32]);

impl fmt::Debug for Bytes32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bytes32(…)")
    }
}

impl Serialize for Bytes32 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Bytes32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(serde::de::Error::custom("expected 64 hexadecimal digits"));
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(serde::de::Error::custom)?;
            *byte = u8::from_str_radix(pair, 16).map_err(serde::de::Error::custom)?;
        }
        Ok(Self(bytes))
    }
}

/// HMAC-SHA-256 (RFC 2104) with a 32-byte key.
#[must_use]
pub fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; 64];
        for (byte, key_byte) in block.iter_mut().zip(key) {
            *byte ^= key_byte;
        }
        block
    };
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5C))
        .chain_update(inner)
        .finalize()
        .into()
}

/// Stretches a password; `purpose` keeps a directory hash from ever opening a disk key.
#[must_use]
pub fn stretch(purpose: &str, password: &str, salt: &Bytes32) -> [u8; 32] {
    const ROUNDS: usize = 24;
    let first = Sha256::new()
        .chain_update(purpose)
        .chain_update(salt.0)
        .chain_update(password)
        .finalize();
    let mut key: [u8; 32] = first.into();
    for _ in 1..ROUNDS {
        key = hmac(&key, password.as_bytes());
    }
    key
}

/// What the simulator alone keeps of a password, to tell whether directory and disk know the same one. No
/// tool may look at it.
#[must_use]
pub fn fingerprint(password: &str) -> Bytes32 {
    Bytes32(hmac(b"what only the simulator may know", password.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_agrees_with_the_published_vector() {
        // RFC 4231 test case 2 has a 4-byte key; zero padding to 32 bytes does not change HMAC.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mac = hmac(&key, b"what do ya want for nothing?");
        assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        assert_eq!(mac[28..], [0x64, 0xec, 0x38, 0x43]);
    }
}
