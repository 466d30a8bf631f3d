//! Waiting for other processes, by looking. Nothing else tells a test that a file of theirs has appeared.

use std::time::{Duration, Instant};

/// The longest that anything may take on a busy machine.
pub const BOUND: Duration = Duration::from_secs(60);

/// Waits until `look` finds something.
#[expect(clippy::disallowed_methods, reason = "between two looks at another process")]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < BOUND, "waited {BOUND:?} for {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
