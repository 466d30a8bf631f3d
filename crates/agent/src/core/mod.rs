//! What the agent does next: a state machine without I/O.
//!
//! The shell asks [`Core::poll`] for one [`Step`], carries it out, and tells the core what came of it by the `handle_…`
//! method of that step. The core never waits, never reads a clock, and is never told two things at once; killing the
//! agent between any two steps loses nothing, because a step that others build on is preceded by a [`Step::Record`].

mod actions;
mod backoff;
mod local_administrator;
mod logins;
mod retry;
mod service_account;
#[cfg(test)]
mod tests;
mod unknown;
mod vault;

pub use backoff::Backoff;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use trust::id::{ActionId, DeedId, DeviceId};
use trust::observation::Observation;
use trust::service_account::Settings;
use trust::time::Timestamp;
use wire::agent_api::{CheckIn, CheckedIn, Offered, Report};

use crate::journal::{Entry, Journaled};
use crate::local_administrator::tend::Cause;
use crate::login::{Login, LoginRecord};
use crate::perform::Performance;
use crate::recovery_key;
use crate::service_account::custody::Memory;
use crate::service_account::tend::Tended;
use crate::utility::Asked;
use actions::Actions;
use local_administrator::LocalAdministrator;
use logins::Logins;
use service_account::ServiceAccount;
use vault::Vault;
use wire::escrow::EscrowTerms;

/// One thing for the shell to do.
#[derive(Debug, Clone)]
pub enum Step {
    /// Put this on the disk, then call [`Core::handle_recorded`].
    Record(Box<Journaled>),
    /// Look at the Mac, then call [`Core::handle_looked`].
    Look,
    /// Tell the server, then call [`Core::handle_checked_in`].
    CheckIn(Box<CheckIn>),
    /// Ask the server whether the action may begin, then call [`Core::handle_start_answer`].
    Start(ActionId),
    /// Carry the action out, try it again, or finish what was begun, then call [`Core::handle_performed`].
    Perform(Box<Entry>),
    /// Report the action's end, then call [`Core::handle_report_answer`].
    Report(ActionId, Box<Report>),
    /// Drop a closed action from the disk.
    Forget(ActionId),
    /// Keep this of the logins, then call [`Core::handle_logins_recorded`].
    RecordLogins(LoginRecord),
    /// Go by these settings from now on, then call [`Core::handle_obeyed`].
    Obey(Settings),
    /// Look after the service account, with this login's password if there is one, then call [`Core::handle_tended`].
    Tend(Option<Arc<Login>>),
    /// Ask the server how to escrow, keep that, then call [`Core::handle_escrow_learned`].
    LearnEscrow,
    /// Send the vault the oldest message that waits on the disk, then call [`Core::handle_escrowed`].
    Escrow,
    /// Ask the vault for the key that it keeps, try it, then call [`Core::handle_key_tried`].
    ProveKey,
    /// Look after the recovery key, then call [`Core::handle_recovery_key_tended`].
    TendRecoveryKey {
        /// The server wants another key by now.
        is_due: bool,
    },
    /// Look after the local administrator, then call [`Core::handle_local_administrator_tended`].
    TendLocalAdministrator(Cause),
    /// Answer the person at the screen, then call [`Core::handle_served`].
    Serve(Arc<Asked>),
    /// Drop deeds from the disk that the server has stored.
    ForgetDeeds(Vec<DeedId>),
    /// Nothing to do before this time, unless the server rings.
    WaitUntil(Timestamp),
}

/// What came of talking to the server.
#[derive(Debug, Clone)]
pub enum Answer<T> {
    /// It answered.
    Yes(T),
    /// It answered that this will never be: the action is cancelled, expired or unknown.
    Never,
    /// It did not answer, or something between answered. It makes sense to try again.
    Later,
}

/// How long a look at the Mac is good for while the server cannot be told of it.
const FRESH_FOR: Duration = Duration::from_secs(30);

/// The agent's state machine.
#[derive(Debug)]
pub struct Core {
    device: DeviceId,
    agent_version: String,
    actions: Actions,
    logins: Logins,
    service_account: ServiceAccount,
    vault: Vault,
    local_administrator: LocalAdministrator,
    /// What the person at the screen has asked, the earliest first.
    asked: VecDeque<Arc<Asked>>,
    seen: Option<Observation>,
    delivered_digest: Option<String>,
    stale_at: Timestamp,
    check_in_due: Timestamp,
    quiet_until: Timestamp,
    backoff: Backoff,
}

impl Core {
    /// The core of `device`, with what its journal remembers. It looks and checks in at once.
    pub fn new(
        device: DeviceId,
        agent_version: &str,
        remembered: Vec<Journaled>,
        seed: u64,
        now: Timestamp,
    ) -> Self {
        Self {
            device,
            agent_version: agent_version.to_owned(),
            actions: Actions::from_journal(remembered),
            logins: Logins::default(),
            service_account: ServiceAccount::none(),
            vault: Vault::none(),
            local_administrator: LocalAdministrator::none(),
            asked: VecDeque::new(),
            seen: None,
            delivered_digest: None,
            stale_at: now,
            check_in_due: now,
            quiet_until: now,
            backoff: Backoff::new(seed),
        }
    }

    /// The same core, which knows of earlier logins.
    #[must_use]
    pub fn with_logins(mut self, record: LoginRecord) -> Self {
        self.logins = Logins::from_record(record);
        self
    }

    /// The same core, which looks after a service account.
    #[must_use]
    pub fn with_service_account(mut self, memory: Memory, now: Timestamp) -> Self {
        self.service_account = ServiceAccount::remembered(memory, now);
        self
    }

    /// The same core, which escrows.
    #[must_use]
    pub fn with_vault(mut self, memory: recovery_key::Memory, seed: u64, now: Timestamp) -> Self {
        let terms = memory.vault.as_ref().map(|vault| &vault.terms);
        if terms.is_some_and(|terms| terms.local_administrator.is_some()) {
            self.local_administrator = LocalAdministrator::remembered(now);
        }
        self.vault = Vault::remembered(memory, seed, now);
        self
    }

    /// What to do next.
    pub fn poll(&mut self, now: Timestamp) -> Step {
        if let Some(step) = self.actions.next_local_step(now) {
            return step;
        }
        if let Some(step) = self.logins.next_step() {
            return step;
        }
        // Somebody sits there and waits.
        if let Some(asked) = self.asked.pop_front() {
            return Step::Serve(asked);
        }
        if let Some(step) = self.service_account.next_step(now) {
            return step;
        }
        if let Some(step) = self.vault.next_local_step(now) {
            return step;
        }
        let wanted_at = self.vault.other_password_at();
        if let Some(step) = self.local_administrator.next_step(wanted_at, now) {
            return step;
        }
        if now >= self.quiet_until {
            // A key is in the vault before anybody is told that there is one.
            if let Some(step) = self.vault.next_server_step(now) {
                return step;
            }
            if let Some(step) = self.actions.next_server_step(self.seen.as_ref()) {
                return step;
            }
            if now >= self.check_in_due {
                if self.seen.is_none() || now >= self.stale_at {
                    return Step::Look;
                }
                if let Some(check_in) = self.check_in() {
                    return Step::CheckIn(Box::new(check_in));
                }
            }
        }
        let due = self
            .check_in_due
            .max(self.quiet_until)
            .min(self.service_account.due())
            .min(self.vault.due())
            .min(self.local_administrator.due());
        Step::WaitUntil(self.actions.again_at().map_or(due, |again| again.min(due)))
    }

    /// How many logins there were, this run and before.
    pub fn logins_told(&self) -> u64 {
        self.logins.told()
    }

    /// The server rang: look in now. What was last seen of the Mac will do.
    pub fn handle_ring(&mut self, now: Timestamp) {
        self.check_in_due = now;
        self.quiet_until = now;
    }

    /// Somebody has logged in. The password is dropped at once unless the service account may need it.
    pub fn handle_login(&mut self, login: Login, now: Timestamp) {
        self.logins.count(now);
        if self.vault.is_local_administrator(&login.account) {
            self.local_administrator.handle_used(now);
        }
        self.service_account.handle_login(login, self.seen.as_ref(), now);
    }

    /// The person at the screen asks for something. It is served before anything that nobody waits for.
    pub fn handle_asked(&mut self, asked: Asked) {
        // Whoever has gone away in the meantime does not wait any more.
        self.asked.retain(|earlier| earlier.is_waited_for());
        self.asked.push_back(Arc::new(asked));
    }

    /// What was asked for is answered; after something was done, the Mac was looked at.
    pub fn handle_served(&mut self, tended: Option<Tended>, now: Timestamp) {
        if let Some(tended) = tended {
            self.handle_tended(tended, now);
        }
    }

    /// The service account was looked after. What was done is told at once.
    pub fn handle_tended(&mut self, tended: Tended, now: Timestamp) {
        self.service_account.handle_tended(&tended);
        self.handle_acted(tended.observation, now);
    }

    /// Something was done unasked.
    fn handle_acted(&mut self, observation: Observation, now: Timestamp) {
        let changed = Some(observation.digest()) != self.delivered_digest;
        self.handle_looked(observation, now);
        if changed || self.service_account.has_to_tell() {
            self.check_in_due = now;
        }
    }

    /// The recovery key was looked after.
    pub fn handle_recovery_key_tended(&mut self, tended: Tended, now: Timestamp) {
        self.vault.handle_tended(&tended, now);
        self.service_account.handle_deeds(&tended.deeds);
        self.handle_acted(tended.observation, now);
    }

    /// The local administrator was looked after.
    pub fn handle_local_administrator_tended(&mut self, tended: Tended, now: Timestamp) {
        let wanted_at = self.vault.other_password_at();
        self.local_administrator.handle_tended(&tended, wanted_at, now);
        self.vault.handle_messages();
        self.service_account.handle_deeds(&tended.deeds);
        self.handle_acted(tended.observation, now);
    }

    /// The server told how to escrow, and that is on the disk.
    pub fn handle_escrow_learned(&mut self, answer: Answer<EscrowTerms>, now: Timestamp) {
        if matches!(&answer, Answer::Yes(terms) if terms.local_administrator.is_some()) {
            self.local_administrator.handle_learned(now);
        }
        self.vault.handle_learned(answer, now);
    }

    /// The key that the vault keeps was tried, as far as it was told.
    pub fn handle_key_tried(&mut self, answer: &Answer<()>, now: Timestamp) {
        self.vault.handle_tried(answer, now);
    }

    /// What came of sending the vault a message; `None` when none was waiting.
    pub fn handle_escrowed(&mut self, answer: Option<Answer<()>>, now: Timestamp) {
        self.vault.handle_escrowed(answer, now);
    }

    /// The settings are on the disk.
    pub fn handle_obeyed(&mut self, settings: Settings, now: Timestamp) {
        self.service_account.handle_obeyed(settings, now);
    }

    /// What is kept of the logins is on the disk.
    pub fn handle_logins_recorded(&mut self, record: LoginRecord) {
        self.logins.handle_recorded(record);
    }

    /// What was asked for is on the disk.
    pub fn handle_recorded(&mut self, what: &Journaled) {
        self.actions.handle_recorded(what);
    }

    /// The Mac was looked at.
    pub fn handle_looked(&mut self, observation: Observation, now: Timestamp) {
        self.stale_at = now.plus(FRESH_FOR);
        self.seen = Some(observation);
    }

    /// The server answered a check-in.
    pub fn handle_checked_in(&mut self, sent: &CheckIn, answer: Answer<CheckedIn<Offered>>, now: Timestamp) {
        let Answer::Yes(answer) = answer else {
            return self.leave_alone(now);
        };
        self.backoff.succeeded();
        self.actions.handle_offers(self.device, answer.offers, now);
        self.actions.forget_over(answer.server_time);
        let told: Vec<DeedId> = sent.deeds.iter().map(|deed| deed.id).collect();
        self.service_account.handle_told(&told);
        self.service_account.handle_settings(answer.settings);
        let is_first = !self.vault.knows_the_servers_clock();
        self.vault
            .handle_checked_in(answer.escrow_digest.as_deref(), answer.server_time, now);
        if is_first {
            self.local_administrator
                .handle_clock(self.vault.other_password_at());
        }
        if answer.wants_observation {
            self.delivered_digest = None;
            self.check_in_due = now;
        } else {
            self.delivered_digest = Some(sent.observation_digest.clone());
            self.check_in_due = now.plus(Duration::from_millis(answer.next_check_in_ms));
            self.stale_at = self.check_in_due;
            if self.service_account.has_to_tell() {
                self.check_in_due = now;
            }
        }
    }

    /// The server said whether an action may begin.
    pub fn handle_start_answer(&mut self, id: ActionId, answer: Answer<()>, now: Timestamp) {
        match answer {
            Answer::Yes(()) => self.actions.handle_started(id),
            Answer::Never => self.actions.close(id),
            Answer::Later => self.leave_alone(now),
        }
    }

    /// An action has ended on the Mac. One that left no trace and may pass by itself is tried again.
    pub fn handle_performed(&mut self, id: ActionId, done: Performance, now: Timestamp) {
        self.handle_looked(done.observation, now);
        self.vault.handle_messages();
        self.actions
            .handle_performed(id, done.outcome, done.password_tried, now);
    }

    /// The server answered a report.
    pub fn handle_report_answer(&mut self, id: ActionId, answer: Answer<()>, now: Timestamp) {
        match answer {
            Answer::Yes(()) | Answer::Never => {
                self.backoff.succeeded();
                self.actions.close(id);
                // The next action waits, or the fleet view is stale: look in at once.
                self.check_in_due = now;
            }
            Answer::Later => self.leave_alone(now),
        }
    }

    fn check_in(&self) -> Option<CheckIn> {
        let seen = self.seen.as_ref()?;
        let digest = seen.digest();
        let known = self.delivered_digest.as_ref() == Some(&digest);
        Some(CheckIn {
            agent_version: self.agent_version.clone(),
            observation: (!known).then(|| seen.clone()),
            observation_digest: digest,
            unfinished: self.actions.unfinished(),
            settings_digest: self.service_account.settings_digest(),
            deeds: self.service_account.to_tell(),
        })
    }

    fn leave_alone(&mut self, now: Timestamp) {
        self.quiet_until = now.plus(self.backoff.failed());
    }
}
