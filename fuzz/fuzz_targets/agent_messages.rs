//! Whatever an agent sends, reading it does not panic: its token, its enrolment, its check-in, its report.

#![no_main]

use wire::agent_api::{CheckIn, Enroll, Report};
use wire::identity::UnverifiedToken;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = UnverifiedToken::parse(text);
    }
    let _ = serde_json::from_slice::<Enroll>(bytes).map(|enroll| enroll.identity.proof_message());
    let _ = serde_json::from_slice::<CheckIn>(bytes);
    let _ = serde_json::from_slice::<Report>(bytes);
});
