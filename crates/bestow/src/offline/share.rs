//! A share of the offline key, as a file holds it.

use blahaj::Sharks;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use wire::encoding::Bytes;
use wire::seal::{SealingPrivateKey, SealingPublicKey};
use zeroize::{Zeroize as _, Zeroizing};

/// How many bytes of a share's hash tell whether it is what it was.
const CHECK: usize = 8;

/// A share. It is a secret.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The public half of the key that it is of.
    pub offline_key: SealingPublicKey,
    /// How many shares make the key.
    pub needed: u8,
    /// How many were made.
    pub of: u8,
    /// Its number, from 1.
    pub number: u8,
    /// The share itself.
    pub(super) share: Bytes,
    /// Hash of all of that.
    check: Bytes,
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Share({} of {})", self.number, self.of)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.share.0.zeroize();
    }
}

impl Share {
    /// Whether it is what it was when it was made.
    pub fn is_whole(&self) -> bool {
        self.check == self.hash()
    }

    /// Makes a changed share look whole, as whoever forges one would.
    #[cfg(test)]
    pub(super) fn renew_check(&mut self) {
        self.check = self.hash();
    }

    fn hash(&self) -> Bytes {
        let hash = Sha256::new()
            .chain_update(b"bestow share\0")
            .chain_update([self.needed, self.of, self.number])
            .chain_update(&self.offline_key.0.0)
            .chain_update(&self.share.0)
            .finalize();
        Bytes(hash[..CHECK].to_vec())
    }
}

/// Cuts a key into `of` shares, of which any `needed` make it again.
pub fn cut(key: &SealingPrivateKey, needed: u8, of: u8, random: &mut impl CryptoRng) -> Vec<Share> {
    let secret: Zeroizing<Vec<u8>> = key.to_bytes();
    let offline_key = key.public_key();
    let dealt = Sharks(needed).dealer_rng(&secret, random).take(usize::from(of));
    (1..=of)
        .zip(dealt)
        .map(|(number, share)| {
            let mut share = Share {
                offline_key: offline_key.clone(),
                needed,
                of,
                number,
                share: Bytes(Vec::from(&share)),
                check: Bytes(Vec::new()),
            };
            share.check = share.hash();
            share
        })
        .collect()
}
