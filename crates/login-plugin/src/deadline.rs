//! The moment at which the plug-in stops trying.

use std::time::{Duration, Instant};

/// The moment at which the plug-in stops trying. Every wait ends there, so that many short waits cannot add up.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// The moment that comes `limit` from now.
    pub fn after(limit: Duration) -> Self {
        let now = Instant::now();
        Self(now.checked_add(limit).unwrap_or(now))
    }

    /// How long there is still time; `None` when there is none.
    pub fn left(self) -> Option<Duration> {
        let left = self.0.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }
}
