//! The algorithms of signatures that Macs make: RSA with PKCS #1 v1.5 over SHA-1 or SHA-2.

use cms_kit::ber::{Element, tag};
use ring::digest;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaParameters,
};

/// `rsaEncryption`, 1.2.840.113549.1.1.1: the hash stands elsewhere.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// A hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The hash that an algorithm identifier names.
    pub(super) fn of_algorithm(identifier: Element<'_>) -> Option<Self> {
        match identifier.inside().expect(tag::OBJECT_IDENTIFIER)?.contents {
            // 1.3.14.3.2.26
            [0x2b, 0x0e, 0x03, 0x02, 0x1a] => Some(Self::Sha1),
            // 2.16.840.1.101.3.4.2.1 to 3
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, which] => match which {
                1 => Some(Self::Sha256),
                2 => Some(Self::Sha384),
                3 => Some(Self::Sha512),
                _ => None,
            },
            _ => None,
        }
    }

    /// The digest of `bytes`.
    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, bytes).as_ref().to_vec()
    }

    /// The last number of the identifier that names RSA together with this hash, 1.2.840.113549.1.1.…
    fn with_rsa(self) -> u8 {
        match self {
            Self::Sha1 => 5,
            Self::Sha256 => 11,
            Self::Sha384 => 12,
            Self::Sha512 => 13,
        }
    }
}

/// How a signature is verified; `None` when it is no RSA, or names another hash than the digest.
pub(super) fn scheme(hash: Hash, signature_algorithm: &[u8]) -> Option<&'static RsaParameters> {
    let (last, family) = signature_algorithm.split_last()?;
    let fits = signature_algorithm == RSA || family == &RSA[..RSA.len() - 1] && *last == hash.with_rsa();
    fits.then_some(match hash {
        Hash::Sha1 => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Hash::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
        Hash::Sha384 => &RSA_PKCS1_2048_8192_SHA384,
        Hash::Sha512 => &RSA_PKCS1_2048_8192_SHA512,
    })
}
