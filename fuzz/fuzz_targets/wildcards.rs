//! Whatever text stands in a field, the laws of wildcards hold of it.

#![no_main]

#[path = "../../crates/trust/tests/rules/wildcards/laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::with_a_mac(|values| laws::hold(text, values)));
