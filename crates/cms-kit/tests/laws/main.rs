//! The laws of reading messages: on random bytes, on a real message that was changed, and on what was kept of the fuzzer's
//! finds.

mod laws;

use std::fs;
use std::path::Path;

use cms_kit::open;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use proptest::prelude::*;

#[test]
fn the_real_message_opens_and_changed_ones_keep_the_laws() {
    let content = open(&laws::OURS, &laws::SEALED, &mut UnwrapErr(SysRng));
    assert_eq!(**content.as_ref().expect("nothing was changed"), *laws::CONTENT);
    assert_eq!(laws::changed(&[]), *laws::SEALED);
    for place in 0..laws::SEALED.len() {
        let [high, low] = u16::try_from(place).expect("it is short").to_be_bytes();
        laws::hold(&[high, low, 0x80]);
        laws::hold(&laws::SEALED[..place]);
    }
}

#[test]
fn the_corpus_keeps_the_laws() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files = 0;
    for entry in fs::read_dir(corpus).expect("there is a corpus") {
        let file = entry.expect("it can be listed").path();
        laws::hold(&fs::read(file).expect("it can be read"));
        files += 1;
    }
    assert!(files >= 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_keep_the_laws(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        laws::hold(&bytes);
    }
}
