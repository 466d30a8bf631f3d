//! When the vault is spoken to, and when the recovery key is looked after.

use std::time::Duration;

use trust::time::Timestamp;
use wire::escrow::EscrowTerms;

use super::{Answer, Backoff, Step};
use crate::recovery_key::Memory;
use crate::service_account::tend::Tended;

/// A kept key whose proof came to nothing is tried again after this.
const TRY_AGAIN: Duration = Duration::from_hours(24);

/// What the core knows of the vault. What is to be sent lies on the disk, so that no restart loses it.
#[derive(Debug)]
pub(super) struct Vault {
    /// Whether this agent escrows at all.
    is_used: bool,
    terms: Option<EscrowTerms>,
    /// The server goes by other terms.
    is_outdated: bool,
    /// Something may wait to be sent.
    has_messages: bool,
    /// When the recovery key is looked after next.
    due: Timestamp,
    /// The version that was tried last, and before when it is not tried again.
    tried: Option<u32>,
    untried_until: Timestamp,
    /// How far the server's clock is ahead of the Mac's, in milliseconds; `None` before this run's first check-in.
    server_ahead_ms: Option<i64>,
    quiet_until: Timestamp,
    backoff: Backoff,
}

impl Vault {
    /// An agent that escrows nothing.
    pub(super) fn none() -> Self {
        Self {
            is_used: false,
            terms: None,
            is_outdated: false,
            has_messages: false,
            due: Timestamp(i64::MAX),
            tried: None,
            untried_until: Timestamp(0),
            server_ahead_ms: None,
            quiet_until: Timestamp(0),
            backoff: Backoff::new(0),
        }
    }

    /// What an earlier run remembered. What it left unfinished is due at once; before the server has told how to escrow, nothing is.
    pub(super) fn remembered(memory: Memory, seed: u64, now: Timestamp) -> Self {
        Self {
            is_used: true,
            due: match memory.vault {
                Some(_) => now,
                None => Timestamp(i64::MAX),
            },
            tried: memory.proof_tried,
            untried_until: memory
                .proof_tried_at
                .map_or(Timestamp(0), |at| at.plus(TRY_AGAIN)),
            terms: memory.vault.map(|vault| vault.terms),
            has_messages: true,
            backoff: Backoff::new(seed),
            ..Self::none()
        }
    }

    pub(super) fn next_local_step(&mut self, now: Timestamp) -> Option<Step> {
        (now >= self.due).then(|| {
            // Should it fail, it is due again with the next run.
            self.due = Timestamp(i64::MAX);
            Step::TendRecoveryKey {
                is_due: self.rotate_at().is_some_and(|at| at <= now),
            }
        })
    }

    pub(super) fn next_server_step(&self, now: Timestamp) -> Option<Step> {
        if now < self.quiet_until {
            return None;
        }
        if self.is_outdated {
            return Some(Step::LearnEscrow);
        }
        if self.has_messages && self.terms.is_some() {
            return Some(Step::Escrow);
        }
        self.prove_at()
            .is_some_and(|at| at <= now)
            .then_some(Step::ProveKey)
    }

    /// When the next step is due that nothing from outside brings about.
    pub(super) fn due(&self) -> Timestamp {
        let has_to_say = self.is_outdated || (self.has_messages && self.terms.is_some());
        let to_server = match has_to_say {
            true => Some(self.quiet_until),
            false => self.prove_at().map(|at| at.max(self.quiet_until)),
        };
        to_server.map_or(self.due, |at| at.min(self.due))
    }

    /// A check-in told the fingerprint of the server's terms, and its clock.
    pub(super) fn handle_checked_in(&mut self, digest: Option<&str>, server_time: Timestamp, now: Timestamp) {
        let is_first = self.server_ahead_ms.is_none();
        self.server_ahead_ms = Some(server_time.as_millis().saturating_sub(now.as_millis()));
        if let Some(at) = self.rotate_at().filter(|_| is_first) {
            self.due = self.due.min(at);
        }
        let known = self.terms.as_ref().map(EscrowTerms::digest);
        self.is_outdated = self.is_used && digest.is_some() && digest != known.as_deref();
    }

    /// The server told its terms, which are on the disk.
    pub(super) fn handle_learned(&mut self, answer: Answer<EscrowTerms>, now: Timestamp) {
        match answer {
            Answer::Yes(terms) => {
                self.backoff.succeeded();
                self.is_outdated = false;
                self.terms = Some(terms);
                self.due = now;
            }
            Answer::Never | Answer::Later => self.leave_alone(now),
        }
    }

    /// What came of sending a message; `None` when none was waiting.
    pub(super) fn handle_escrowed(&mut self, answer: Option<Answer<()>>, now: Timestamp) {
        match answer {
            None => self.has_messages = false,
            Some(Answer::Yes(())) => self.backoff.succeeded(),
            // It was sealed to another key than the vault has, or makes no sense there: the terms are not what they were.
            Some(Answer::Never) => {
                self.backoff.succeeded();
                self.is_outdated = true;
            }
            Some(Answer::Later) => self.leave_alone(now),
        }
    }

    /// The kept key was asked for. Whatever came of it, it is tried once a day at most.
    pub(super) fn handle_tried(&mut self, answer: &Answer<()>, now: Timestamp) {
        match answer {
            Answer::Yes(()) | Answer::Never => {
                self.backoff.succeeded();
                self.tried = self.terms.as_ref().and_then(|terms| terms.recovery_key.version);
                self.untried_until = now.plus(TRY_AGAIN);
                self.handle_messages();
            }
            Answer::Later => self.leave_alone(now),
        }
    }

    pub(super) fn handle_tended(&mut self, tended: &Tended, now: Timestamp) {
        self.due = match self.rotate_at() {
            Some(at) if at > now => at.min(tended.again_at),
            Some(_) | None => tended.again_at,
        };
        self.handle_messages();
    }

    /// There may be messages that were not there before.
    pub(super) fn handle_messages(&mut self) {
        self.has_messages = self.is_used;
    }

    /// When another password of the local administrator is wanted, by the Mac's clock; `None` also as long as nobody knows how right
    /// that is.
    pub(super) fn other_password_at(&self) -> Option<Timestamp> {
        let terms = self.terms.as_ref()?.local_administrator.as_ref()?;
        self.by_the_macs_clock(terms.rotate_after?)
    }

    /// Whether this is the local administrator's record name.
    pub(super) fn is_local_administrator(&self, name: &str) -> bool {
        let terms = self
            .terms
            .as_ref()
            .and_then(|terms| terms.local_administrator.as_ref());
        terms.is_some_and(|terms| terms.settings.account.as_str() == name)
    }

    /// Whether this run has learned how far the Mac's clock is from the server's.
    pub(super) fn knows_the_servers_clock(&self) -> bool {
        self.server_ahead_ms.is_some()
    }

    /// When another key is wanted, by the Mac's clock; `None` also as long as nobody knows how right that is.
    fn rotate_at(&self) -> Option<Timestamp> {
        let at = self.terms.as_ref()?.recovery_key.rotate_after?;
        self.by_the_macs_clock(at)
    }

    /// When the kept key is to be tried, by the Mac's clock. That another one was tried today puts nothing off.
    fn prove_at(&self) -> Option<Timestamp> {
        let kept = &self.terms.as_ref()?.recovery_key;
        let at = self.by_the_macs_clock(kept.prove_after?)?;
        Some(match kept.version == self.tried {
            true => at.max(self.untried_until),
            false => at,
        })
    }

    fn by_the_macs_clock(&self, at: Timestamp) -> Option<Timestamp> {
        Some(Timestamp(at.as_millis().saturating_sub(self.server_ahead_ms?)))
    }

    fn leave_alone(&mut self, now: Timestamp) {
        let pause: Duration = self.backoff.failed();
        self.quiet_until = now.plus(pause);
    }
}
