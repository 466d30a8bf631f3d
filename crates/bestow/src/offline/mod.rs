//! The organisation's offline key: made once, cut into shares, and never kept whole. Any `needed` of the shares make it again, fewer tell
//! nothing of it (Shamir's secret sharing).

mod combine;
mod share;

pub use combine::combine;
pub use share::{Share, cut};

use wire::encoding::Bytes;
use wire::seal::SealingPublicKey;

/// How long a public key is, in bytes.
const PUBLIC_KEY: usize = 32;

/// The public key of this text.
pub fn public_key(text: &str) -> Result<SealingPublicKey, String> {
    let bytes = Bytes::from_text(text.trim()).ok();
    let bytes = bytes.filter(|bytes| bytes.0.len() == PUBLIC_KEY);
    bytes.map(SealingPublicKey).ok_or_else(|| {
        "an offline key is a text of 43 characters, which `bestow offline-key new` prints".to_owned()
    })
}
