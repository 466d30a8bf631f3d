//! When the service account is looked after, and whose login is kept for that.

use std::sync::Arc;
use std::time::Duration;

use trust::id::DeedId;
use trust::observation::Observation;
use trust::service_account::{Deed, Settings};
use trust::time::Timestamp;

use super::Step;
use crate::login::Login;
use crate::service_account::custody::Memory;
use crate::service_account::tend::{Tended, may_need};

/// A login that something may need is kept no longer than this.
const KEPT_FOR: Duration = Duration::from_secs(5 * 60);

/// As many deeds are told at a time.
const DEEDS_AT_A_TIME: usize = 32;

/// What the core knows of the service account.
#[derive(Debug)]
pub(super) struct ServiceAccount {
    settings: Option<Settings>,
    /// What the server told, and is not on the disk yet.
    told: Option<Settings>,
    /// What the server does not know yet.
    deeds: Vec<Deed>,
    /// What the server knows, and is still on the disk.
    stored: Vec<DeedId>,
    due: Timestamp,
    login: Option<(Arc<Login>, Timestamp)>,
}

impl ServiceAccount {
    /// An agent that looks after none: it is never due.
    pub(super) fn none() -> Self {
        Self {
            settings: None,
            told: None,
            deeds: Vec::new(),
            stored: Vec::new(),
            due: Timestamp(i64::MAX),
            login: None,
        }
    }

    /// What an earlier run remembered. What it left unfinished is due at once.
    pub(super) fn remembered(memory: Memory, now: Timestamp) -> Self {
        Self {
            settings: memory.settings,
            deeds: memory.deeds,
            due: now,
            ..Self::none()
        }
    }

    pub(super) fn next_step(&mut self, now: Timestamp) -> Option<Step> {
        if let Some(told) = &self.told {
            return Some(Step::Obey(told.clone()));
        }
        if !self.stored.is_empty() {
            return Some(Step::ForgetDeeds(std::mem::take(&mut self.stored)));
        }
        match self.login.take() {
            Some((login, until)) if now < until => return Some(Step::Tend(Some(login))),
            _ => {}
        }
        (now >= self.due).then(|| {
            // Should it fail, it is due again with the next run.
            self.due = Timestamp(i64::MAX);
            Step::Tend(None)
        })
    }

    /// When the next step is due that nothing from outside brings about.
    pub(super) fn due(&self) -> Timestamp {
        self.due
    }

    /// Keeps the login when its password may be needed, and drops it otherwise. Of two that wait, the later stays.
    pub(super) fn handle_login(&mut self, login: Login, seen: Option<&Observation>, now: Timestamp) {
        if may_need(seen, self.settings.as_ref(), &login.account, now) {
            self.login = Some((Arc::new(login), now.plus(KEPT_FOR)));
        }
    }

    pub(super) fn handle_tended(&mut self, tended: &Tended) {
        self.due = tended.again_at;
        self.handle_deeds(&tended.deeds);
    }

    /// What was done unasked and the server does not know yet.
    pub(super) fn handle_deeds(&mut self, deeds: &[Deed]) {
        self.deeds = deeds.to_vec();
    }

    pub(super) fn handle_settings(&mut self, settings: Option<Settings>) {
        if settings.is_some() && settings != self.settings {
            self.told = settings;
        }
    }

    pub(super) fn handle_obeyed(&mut self, settings: Settings, now: Timestamp) {
        self.told = None;
        self.settings = Some(settings);
        self.due = self.due.min(now);
    }

    pub(super) fn settings_digest(&self) -> Option<String> {
        self.settings.as_ref().map(Settings::digest)
    }

    /// The deeds that are told next, the oldest first.
    pub(super) fn to_tell(&self) -> Vec<Deed> {
        self.deeds.iter().take(DEEDS_AT_A_TIME).cloned().collect()
    }

    /// The server has stored what was told.
    pub(super) fn handle_told(&mut self, deeds: &[DeedId]) {
        self.deeds.retain(|deed| !deeds.contains(&deed.id));
        self.stored.extend(deeds);
    }

    pub(super) fn has_to_tell(&self) -> bool {
        !self.deeds.is_empty()
    }
}
