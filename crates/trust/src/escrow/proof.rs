//! When a key that is kept is to be tried on its Mac again.

use std::time::Duration;

use super::standing::Standing;
use crate::time::Timestamp;

/// A proof is worth most for thirty days (see [`crate::resilience`]); a Mac that is off for a week does not lose that.
pub const EVERY: Duration = Duration::from_hours(21 * 24);

/// When the current version is to be tried on the Mac; `None` when there is none. One that never was is due at once.
pub fn due(standing: &Standing) -> Option<Timestamp> {
    standing.current?;
    Some(match standing.proved_at {
        Some(at) => at.plus(EVERY),
        None => standing.current_since.unwrap_or(Timestamp(0)),
    })
}
