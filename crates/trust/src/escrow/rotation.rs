//! When a Mac is to have another recovery key, and when it may.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::schedule::Schedule;
use super::standing::{Standing, State};
use crate::time::Timestamp;

/// How long after it was first shown a key is replaced. Whoever it was shown to has this long to use it; a second look does not
/// put it off.
pub const AFTER_REVEAL: Duration = Duration::from_hours(1);

/// What mends it when macOS makes a key and its words are lost on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondWay {
    /// An escrow profile whose private key is ours: macOS leaves each new key in a file that the vault can open.
    EscrowFile,
    /// A FileVault user whose password was proved: another key can be made by it.
    ProvedPassword,
}

/// When a key that is shown at `at` is to be replaced.
pub(super) fn after_reveal(at: Timestamp) -> Timestamp {
    at.plus(AFTER_REVEAL)
}

/// When the Mac is to have another key: because somebody knows this one, or because it has had it for as long as the
/// organisation wants; whichever is earlier. `None` for never.
pub fn due(standing: &Standing, schedule: Schedule) -> Option<Timestamp> {
    let by_schedule = standing.current_since.and_then(|since| schedule.after(since));
    [standing.rotate_after, by_schedule].into_iter().flatten().min()
}

/// Whether a rotation may begin. macOS chooses the key and the old one dies at once, so that none begins without a second way to
/// what could be lost. Where the key is not known already there is nothing to lose, and the rotation is itself the mending:
/// then a proved password is what it needs, because no key opens the disk.
pub fn may_begin(state: State, second_ways: &[SecondWay]) -> bool {
    match state {
        State::KeyUnknown => second_ways.contains(&SecondWay::ProvedPassword),
        State::Empty | State::Held | State::Ended => !second_ways.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rotation_begins_without_a_second_way() {
        for state in State::ALL {
            assert!(!may_begin(state, &[]), "{state:?}");
            assert!(may_begin(state, &[SecondWay::ProvedPassword]), "{state:?}");
        }
        assert!(may_begin(State::Held, &[SecondWay::EscrowFile]));
        assert!(!may_begin(State::KeyUnknown, &[SecondWay::EscrowFile]));
    }
}
