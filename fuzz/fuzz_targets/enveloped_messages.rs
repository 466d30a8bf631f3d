//! Whatever stands where macOS leaves an encrypted recovery key: the laws of opening it hold.

#![no_main]

#[path = "../../crates/cms-kit/tests/laws/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold(bytes));
