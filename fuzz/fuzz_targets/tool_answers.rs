//! Whatever Apple's tools print, no parser of it panics.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mac::fuzz::parse_everything(bytes));
