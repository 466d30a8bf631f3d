//! What a bulk run does next.

use super::{RunState, Standing};

/// What a bulk run does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing, until something changes.
    Hold,
    /// Release so many held actions.
    Release(u64),
    /// Hold again what no device has come for, behind all others: the canary needs devices that are there.
    TakeBack,
    /// Stop: too many have failed.
    Stop,
    /// Nothing is left: every device has its result.
    Finish,
}

/// What a run does that stands like this. Only one that is running releases or stops; every run comes to its finish when
/// all of its actions have ended.
///
/// A canary never grows beyond its size: at any time no more have ended, keep their place or may still be claimed. One
/// whose device has claimed it and went away gives its place to another one, or a closed lid would hold up the fleet.
pub fn decide(standing: &Standing) -> Decision {
    let counts = &standing.counts;
    match standing.state {
        RunState::Preparing | RunState::Finished => return Decision::Hold,
        RunState::Running | RunState::Stopped | RunState::Cancelled | RunState::Interrupted => {}
    }
    if counts.open() == 0 {
        return Decision::Finish;
    }
    if standing.state != RunState::Running {
        return Decision::Hold;
    }
    if standing.has_failed_too_often() {
        return Decision::Stop;
    }
    if counts.held == 0 || !standing.may_begin {
        return Decision::Hold;
    }
    let places = if !standing.is_in_canary() {
        standing.terms.in_flight
    } else if counts.unclaimed > 0 {
        return Decision::TakeBack;
    } else {
        let left = standing.terms.canary - counts.ended();
        left.min(standing.terms.in_flight)
    };
    match places.saturating_sub(counts.live).min(counts.held) {
        0 => Decision::Hold,
        free => Decision::Release(free),
    }
}
