//! The ciphers that contents are encrypted with, all in CBC mode with the padding of RFC 5652, section 6.3.

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use cbc::{Decryptor, Encryptor};
use const_oid::db::rfc5911;
use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Any, AnyRef};
use des::TdesEde3;
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

/// A cipher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentCipher {
    /// AES with a key of 128 bits.
    Aes128,
    /// AES with a key of 192 bits.
    Aes192,
    /// AES with a key of 256 bits.
    Aes256,
    /// Triple DES with three keys, as older versions of macOS use it.
    TripleDes,
}

impl ContentCipher {
    const ALL: [Self; 4] = [Self::Aes128, Self::Aes192, Self::Aes256, Self::TripleDes];

    fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Aes128 => rfc5911::ID_AES_128_CBC,
            Self::Aes192 => rfc5911::ID_AES_192_CBC,
            Self::Aes256 => rfc5911::ID_AES_256_CBC,
            Self::TripleDes => rfc5911::DES_EDE_3_CBC,
        }
    }

    /// How long its key is, in bytes.
    pub(crate) fn key_length(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
        }
    }

    /// The cipher and the initialisation vector that an algorithm names.
    pub(crate) fn of(algorithm: &AlgorithmIdentifierOwned) -> Option<(Self, &[u8])> {
        let cipher = Self::ALL
            .into_iter()
            .find(|cipher| cipher.oid() == algorithm.oid)?;
        let vector = algorithm
            .parameters
            .as_ref()?
            .decode_as::<&OctetStringRef>()
            .ok()?;
        Some((cipher, vector.as_bytes()))
    }

    /// The algorithm that names it with this initialisation vector.
    pub(crate) fn algorithm(self, vector: &[u8]) -> der::Result<AlgorithmIdentifierOwned> {
        let vector = OctetStringRef::new(vector)?;
        Ok(AlgorithmIdentifierOwned {
            oid: self.oid(),
            parameters: Some(Any::from(AnyRef::from(vector))),
        })
    }

    /// Encrypts; `None` when key or vector have another length.
    pub(crate) fn encrypt(self, key: &[u8], vector: &[u8], content: &[u8]) -> Option<Vec<u8>> {
        Some(match self {
            Self::Aes128 => Encryptor::<Aes128>::new_from_slices(key, vector)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(content),
            Self::Aes192 => Encryptor::<Aes192>::new_from_slices(key, vector)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(content),
            Self::Aes256 => Encryptor::<Aes256>::new_from_slices(key, vector)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(content),
            Self::TripleDes => Encryptor::<TdesEde3>::new_from_slices(key, vector)
                .ok()?
                .encrypt_padded_vec::<Pkcs7>(content),
        })
    }

    /// Decrypts; `None` when key or vector have another length, or no content was encrypted by them.
    pub(crate) fn decrypt(self, key: &[u8], vector: &[u8], encrypted: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let content = match self {
            Self::Aes128 => Decryptor::<Aes128>::new_from_slices(key, vector)
                .ok()?
                .decrypt_padded_vec::<Pkcs7>(encrypted),
            Self::Aes192 => Decryptor::<Aes192>::new_from_slices(key, vector)
                .ok()?
                .decrypt_padded_vec::<Pkcs7>(encrypted),
            Self::Aes256 => Decryptor::<Aes256>::new_from_slices(key, vector)
                .ok()?
                .decrypt_padded_vec::<Pkcs7>(encrypted),
            Self::TripleDes => Decryptor::<TdesEde3>::new_from_slices(key, vector)
                .ok()?
                .decrypt_padded_vec::<Pkcs7>(encrypted),
        };
        content.ok().map(Zeroizing::new)
    }
}
