//! Leaving a Mac out of the list for a while.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::time::Timestamp;

/// The longest time that a mute lasts.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// An administrator's word that a Mac, or one reason of it, needs no attention for a while. It ends by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mute {
    /// The reason that it is about; `None` when it is about the whole Mac.
    pub code: Option<Code>,
    /// When it ends.
    pub until: Timestamp,
    /// Why, in the words of whoever muted it.
    pub reason: String,
    /// Who muted it, as in the audit log.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why an end is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAMute {
    /// It would be over already.
    #[error("a mute ends in the future")]
    Past,
    /// It would last too long.
    #[error("a mute lasts a year at most")]
    TooLong,
}

impl Mute {
    /// Whether a mute that is made at `now` can end at `until`.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check_end(until: Timestamp, now: Timestamp) -> Result<(), NotAMute> {
        if until <= now {
            Err(NotAMute::Past)
        } else if until > now.plus(LONGEST) {
            Err(NotAMute::TooLong)
        } else {
            Ok(())
        }
    }

    /// Until when `code` is muted by `mutes`, the whole Mac's included; the beginning of time when it is not.
    pub fn end_for(mutes: &[Self], code: Code) -> Timestamp {
        let of_it = mutes
            .iter()
            .filter(|mute| mute.code.is_none_or(|muted| muted == code));
        of_it.map(|mute| mute.until).max().unwrap_or_default()
    }

    /// Puts `new` in the place of the mute of the same reason, and drops what was over by then.
    pub fn put(mutes: &mut Vec<Self>, new: Self) {
        Self::lift(mutes, new.code, new.at);
        mutes.push(new);
    }

    /// Takes away the mute of this reason, `None` for the whole Mac's, and drops what is over at `now`. Answers whether there
    /// was one.
    pub fn lift(mutes: &mut Vec<Self>, code: Option<Code>, now: Timestamp) -> bool {
        mutes.retain(|mute| mute.until > now);
        let before = mutes.len();
        mutes.retain(|mute| mute.code != code);
        mutes.len() < before
    }
}
