//! Where the agent reads the time, and lets it pass.

use std::time::Duration;

use trust::time::Timestamp;

/// A source of the time.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Lets this much time pass.
    fn wait(&self, pause: Duration);
}

/// The Mac's own clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the agent reads the real clock"
    )]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now()
            .duration_since(std::time::SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "between two looks at a state that macOS does not tell of by itself"
    )]
    fn wait(&self, pause: Duration) {
        std::thread::sleep(pause);
    }
}
