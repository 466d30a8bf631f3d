//! Accounts that macOS has locked because of wrong passwords, and when it opens them again.
//!
//! What locks an account is a rule of the Mac's password policy on failed authentications; how many there were, and when the
//! last was, stands in the account's own policy data. A locked account refuses the right password as well.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// What the Mac's password policy says of wrong passwords.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum LockOutRule {
    /// It was not told.
    #[default]
    Untold,
    /// No rule counts them.
    Never,
    /// So many in a row lock an account.
    Locks {
        /// So many.
        after: u32,
        /// So long after the last of them it opens by itself, in seconds; `None` when it does not.
        for_s: Option<u32>,
    },
    /// A rule may count them, and cannot be read.
    CannotTell,
}

impl LockOutRule {
    /// The rule in a few words, for people.
    pub fn words(&self) -> String {
        match self {
            Self::Untold => "not told".to_owned(),
            Self::Never => "no rule counts wrong passwords".to_owned(),
            Self::Locks {
                after,
                for_s: Some(seconds),
            } => format!("after {after} wrong passwords, for {}", span(*seconds)),
            Self::Locks { after, for_s: None } => {
                format!("after {after} wrong passwords, until somebody opens it")
            }
            Self::CannotTell => {
                "cannot be told: a rule that may count wrong passwords cannot be read".to_owned()
            }
        }
    }

    /// Whether the next wrong password would lock an account with so many wrong ones in a row. Where none was wrong yet, nobody
    /// is kept from a first try; where the rule does not tell, nobody is either.
    pub fn next_may_lock(&self, failures: u32) -> bool {
        match self {
            Self::Locks { after, .. } => failures > 0 && failures.saturating_add(1) >= *after,
            Self::Untold | Self::Never | Self::CannotTell => false,
        }
    }

    /// Whether an account with so many wrong passwords in a row, the last of them then, is locked at `now`. `None` when it is
    /// not, or when the rule does not tell.
    pub fn lock_out(
        &self,
        failures: u32,
        last_failure_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<LockOut> {
        let Self::Locks { after, for_s } = self else {
            return None;
        };
        if failures < *after {
            return None;
        }
        let unlock = match (for_s, last_failure_at) {
            (None, _) => Unlock::ByPerson,
            (Some(_), None) => Unlock::CannotTell,
            (Some(seconds), Some(last)) => Unlock::At {
                at: last.plus(Duration::from_secs(u64::from(*seconds))),
            },
        };
        let lock_out = LockOut { failures, unlock };
        lock_out.holds_at(now).then_some(lock_out)
    }
}

/// That an account is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockOut {
    /// Wrong passwords in a row.
    pub failures: u32,
    /// When it ends.
    pub unlock: Unlock,
}

/// When a lock-out ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Unlock {
    /// By itself.
    At {
        /// When, unless another wrong password comes before.
        at: Timestamp,
    },
    /// When somebody opens the account, such as the MDM with its command UnlockUserAccount.
    ByPerson,
    /// The policy opens it by itself, and macOS does not tell when the last wrong password was.
    CannotTell,
}

impl LockOut {
    /// Whether the account is still locked at `now`, as far as is known.
    pub fn holds_at(&self, now: Timestamp) -> bool {
        match self.unlock {
            Unlock::At { at } => now < at,
            Unlock::ByPerson | Unlock::CannotTell => true,
        }
    }

    /// Until when, for people.
    pub fn until(&self) -> String {
        match self.unlock {
            Unlock::At { at } => format!("until {}", at.utc()),
            Unlock::ByPerson => "until somebody opens it: the policy does not open it by itself".to_owned(),
            Unlock::CannotTell => {
                "until a time that is not known: macOS does not tell when the last wrong password was"
                    .to_owned()
            }
        }
    }
}

fn span(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (1, 0) => "1 minute".to_owned(),
        (minutes, 0) if minutes > 0 => format!("{minutes} minutes"),
        _ => format!("{seconds} seconds"),
    }
}
