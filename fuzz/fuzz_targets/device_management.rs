//! Whatever a Mac, or somebody in its place, sends as device management: the laws of reading it hold.

#![no_main]

#[path = "../../crates/mdm/tests/laws/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold(bytes));
