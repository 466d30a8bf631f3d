//! The laws of reading, on random bytes, on what was kept of the fuzzer's finds, and on real signatures that were changed.

mod laws;

use std::fs;
use std::path::Path;

use mdm::signature::verify;
use proptest::prelude::*;

/// A signature over `one body`, with indefinite lengths and no attributes, made by `openssl cms -sign -stream -noattr`.
const STREAMED: &[u8] = include_bytes!("../corpus/streamed.der");
/// The same with attributes and told lengths.
const WITH_ATTRIBUTES: &[u8] = include_bytes!("../corpus/with_attributes.der");

#[test]
fn the_corpus_keeps_the_laws() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files = 0;
    for entry in fs::read_dir(corpus).unwrap() {
        laws::hold(&fs::read(entry.unwrap().path()).unwrap());
        files += 1;
    }
    assert!(files >= 4);
}

#[test]
fn both_signatures_of_the_corpus_are_real_ones() {
    assert!(verify(STREAMED, b"one body").is_ok() && verify(WITH_ATTRIBUTES, b"one body").is_ok());
}

proptest! {
    #[test]
    fn random_bytes_keep_the_laws(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        laws::hold(&bytes);
    }

    #[test]
    fn changed_signatures_keep_the_laws(
        streamed in any::<bool>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = if streamed { STREAMED } else { WITH_ATTRIBUTES }.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        laws::hold(&bytes);
    }
}
