//! What holds of every request, whoever sends it. The fuzzer `device_management` uses it as well.

use mdm::signature::{signer, verify};
use mdm::{check_in, poll};

/// Bytes that come as a header, as what is in it, or as a body are read without a panic, and what is a signature over one body is
/// none over another.
pub fn hold(bytes: &[u8]) {
    let _ = check_in::read(bytes);
    let _ = poll::read(bytes);
    for (body, other) in [(&b"one body"[..], &b"another body"[..]), (b"", b"x")] {
        if verify(bytes, body).is_ok() {
            assert!(verify(bytes, other).is_err(), "a signature over two bodies");
        }
        if signer(bytes, body).is_ok() {
            assert!(signer(bytes, other).is_err(), "a header over two bodies");
        }
    }
}
