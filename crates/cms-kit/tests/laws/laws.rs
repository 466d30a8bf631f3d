//! What holds of every message, whoever made it. The fuzzer `enveloped_messages` uses it as well.

use std::sync::LazyLock;
use std::time::Duration;

use chacha20::ChaCha20Rng;
use chacha20::rand_core::SeedableRng as _;
use cms_kit::ber::Reader;
use cms_kit::{OpenError, Recipient, open, seal};

/// What is sealed: as long as a recovery key.
pub const CONTENT: &[u8] = b"AU2A-PHMK-WBGX-PWKX-M3X3-VAPY";

/// One whose key is the same each time, so that what was found can be looked at again.
pub static OURS: LazyLock<Recipient> = LazyLock::new(|| {
    let from = Duration::from_secs(1_700_000_000);
    Recipient::make("Ours", (from, from * 2), &mut random()).expect("a name and two times make a certificate")
});

/// A message to [`OURS`].
pub static SEALED: LazyLock<Vec<u8>> =
    LazyLock::new(|| seal(&OURS, CONTENT, &mut random()).expect("a short content can be sealed"));

fn random() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(46)
}

/// Bytes are read without a panic, as a message and as changes to one that is real.
pub fn hold(bytes: &[u8]) {
    of_elements(bytes);
    of_a_message(bytes);
    of_a_message(&changed(bytes));
}

/// The real message, changed as `changes` say: each three bytes are a place and what stands there from now on.
pub fn changed(changes: &[u8]) -> Vec<u8> {
    let mut message = SEALED.clone();
    for change in changes.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([change[0], change[1]])) % message.len();
        message[place] = change[2];
    }
    message
}

/// What opens is shorter than what it came in; and it opens again, to the same.
fn of_a_message(message: &[u8]) {
    match open(&OURS, message, &mut random()) {
        Ok(content) => {
            assert!(content.len() < message.len(), "more came out than there was");
            let again = open(&OURS, message, &mut random()).expect("it has been opened before");
            assert_eq!(*content, *again);
        }
        Err(
            OpenError::NotEnveloped | OpenError::NotForUs | OpenError::Unsupported | OpenError::DoesNotOpen,
        ) => {}
    }
}

/// Elements stand one behind the other, and what each holds lies within it.
fn of_elements(bytes: &[u8]) {
    let (mut reader, mut read) = (Reader::new(bytes), 0);
    while let Some(element) = reader.next() {
        assert_eq!(element.whole, &bytes[read..read + element.whole.len()]);
        assert!(element.contents.len() + 2 <= element.whole.len());
        assert!(
            element
                .octets()
                .is_none_or(|octets| octets.len() <= element.contents.len())
        );
        read += element.whole.len();
    }
    assert!(read <= bytes.len() && (reader.is_at_end() == (read == bytes.len())));
}
