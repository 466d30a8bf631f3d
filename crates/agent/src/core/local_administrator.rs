//! When the local administrator is looked after.

use trust::time::Timestamp;

use super::Step;
use crate::local_administrator::tend::Cause;
use crate::service_account::tend::Tended;

/// What the core knows of the local administrator.
#[derive(Debug)]
pub(super) struct LocalAdministrator {
    due: Timestamp,
    was_used: bool,
}

impl LocalAdministrator {
    /// An agent that looks after none: it is never due.
    pub(super) fn none() -> Self {
        Self {
            due: Timestamp(i64::MAX),
            was_used: false,
        }
    }

    /// What an earlier run left unfinished is due at once.
    pub(super) fn remembered(now: Timestamp) -> Self {
        Self {
            due: now,
            ..Self::none()
        }
    }

    /// The next step; the server wants another password from `wanted_at` on.
    pub(super) fn next_step(&mut self, wanted_at: Option<Timestamp>, now: Timestamp) -> Option<Step> {
        (now >= self.due).then(|| {
            // Should it fail, it is due again with the next run.
            self.due = Timestamp(i64::MAX);
            Step::TendLocalAdministrator(Cause {
                is_due: wanted_at.is_some_and(|at| at <= now),
                was_used: std::mem::take(&mut self.was_used),
            })
        })
    }

    /// When the next step is due that nothing from outside brings about.
    pub(super) fn due(&self) -> Timestamp {
        self.due
    }

    /// The server told how to escrow, and what the account is to be like.
    pub(super) fn handle_learned(&mut self, now: Timestamp) {
        self.due = now;
    }

    /// The account has logged in at the screen.
    pub(super) fn handle_used(&mut self, now: Timestamp) {
        self.was_used = true;
        self.due = self.due.min(now);
    }

    /// It was looked after; the server wants another password from `wanted_at` on.
    pub(super) fn handle_tended(&mut self, tended: &Tended, wanted_at: Option<Timestamp>, now: Timestamp) {
        self.due = match wanted_at {
            Some(at) if at > now => at.min(tended.again_at),
            Some(_) | None => tended.again_at,
        };
    }

    /// This run has learned how far its clock is from the server's: what the server wants has a time now.
    pub(super) fn handle_clock(&mut self, wanted_at: Option<Timestamp>) {
        if let Some(at) = wanted_at {
            self.due = self.due.min(at);
        }
    }
}
