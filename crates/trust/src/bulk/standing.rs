//! What a decision about a bulk run is made from.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{RunState, Terms};

/// A released action keeps its place for so long until its device comes for it. A device that is away gives its place to
/// another one.
pub const CLAIMED_WITHIN: Duration = Duration::from_secs(60);

/// A device that has come for its action keeps its place for so long without bringing it to an end.
pub const HEARD_WITHIN: Duration = Duration::from_secs(600);

/// A bulk run as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: RunState,
    /// Whether the time has come at which it may begin.
    pub may_begin: bool,
    /// What it keeps to.
    pub terms: Terms,
    /// Where its actions stand.
    pub counts: Counts,
}

/// How many actions of a bulk run stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Not released.
    pub held: u64,
    /// Released, and in their place: for less than [`CLAIMED_WITHIN`], or claimed for less than [`HEARD_WITHIN`].
    pub live: u64,
    /// Released for longer than [`CLAIMED_WITHIN`], and no device has come for them.
    pub unclaimed: u64,
    /// Claimed, and for longer than [`HEARD_WITHIN`] not brought to an end.
    pub away: u64,
    /// Succeeded since the run began or was last continued.
    pub succeeded: u64,
    /// Failed or refused by the agent since then.
    pub failed: u64,
}

impl Counts {
    /// How many have not ended.
    pub fn open(&self) -> u64 {
        self.held + self.live + self.unclaimed + self.away
    }

    /// How many have ended by an attempt since the run began or was last continued. What expired or was called back tells
    /// nothing about the others.
    pub fn ended(&self) -> u64 {
        self.succeeded + self.failed
    }
}

impl Standing {
    /// Whether the run still waits for its canary.
    pub fn is_in_canary(&self) -> bool {
        self.counts.ended() < self.terms.canary
    }

    /// Whether too many have failed.
    pub(super) fn has_failed_too_often(&self) -> bool {
        let failed = u128::from(self.counts.failed);
        let sample = u128::from(self.counts.ended().max(self.terms.canary));
        failed > 0 && failed * 100 >= sample * u128::from(self.terms.stop_at_failure_percent)
    }
}
