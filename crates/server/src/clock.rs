//! What time it is. The real clock is read here and nowhere else.

#[cfg(debug_assertions)]
mod moved;

use std::path::Path;
use std::sync::Arc;

use trust::time::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the server's one reading of the real clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }
}

/// The clock of a server with this database: the machine's.
#[cfg(not(debug_assertions))]
pub(crate) fn of_server(_database: &Path) -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// The clock of a server with this database, which a test can move.
#[cfg(debug_assertions)]
pub(crate) fn of_server(database: &Path) -> Arc<dyn Clock> {
    Arc::new(moved::MovedClock::beside(database))
}
