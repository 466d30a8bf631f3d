//! A clock that stands until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use trust::time::Timestamp;

use crate::clock::Clock;

/// Stands at a moment of 2026 until it is moved.
pub(crate) struct FakeClock(AtomicI64);

impl FakeClock {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(1_770_000_000_000))
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0
            .fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}
