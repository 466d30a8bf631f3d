//! Carries out what the core says, one step after the other.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use trust::id::ActionId;
use trust::observation::Observation;
use trust::time::Timestamp;

use crate::clock::Clock;
use crate::core::{Answer, Core, Step};
use crate::journal::{Entry, Journal, Journaled, Stage};
use crate::link::{Client, Refused};
use crate::observe::{Freshness, Observer};
use crate::perform::{self, Performance, Tools};
use crate::promotions::Promotions;
use wire::seal::SealingPrivateKey;

/// Where the agent works: its clock, what it remembers, and its Mac. [`Workshop`] is the real one.
pub trait Workplace: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Puts `what` where it survives the agent.
    fn record(&self, what: &Journaled) -> io::Result<()>;

    /// Forgets a closed action.
    fn forget(&self, id: ActionId) -> io::Result<()>;

    /// Looks at the Mac. May take seconds.
    fn look(&self) -> io::Result<Observation>;

    /// Carries an action out, or finishes what was begun. May take seconds.
    fn perform(&self, entry: &Entry) -> io::Result<Performance>;
}

/// What the agent works with on its Mac.
pub struct Workshop {
    /// Runs Apple's tools.
    pub runner: Box<dyn mac::Runner>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Looks at the Mac.
    pub observer: Observer,
    /// Opens sealed secrets.
    pub key: SealingPrivateKey,
    /// Remembers actions.
    pub journal: Journal,
    /// Remembers who is an administrator for the moment only.
    pub promotions: Promotions,
}

impl Workshop {
    fn tools(&self) -> Tools<'_> {
        Tools {
            runner: &*self.runner,
            clock: &*self.clock,
            observer: &self.observer,
            promotions: &self.promotions,
        }
    }
}

impl Workplace for Workshop {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn record(&self, what: &Journaled) -> io::Result<()> {
        self.journal.record(what)
    }

    fn forget(&self, id: ActionId) -> io::Result<()> {
        self.journal.forget(id)
    }

    /// Looks at the Mac, having undone what an earlier run promoted.
    fn look(&self) -> io::Result<Observation> {
        self.promotions.undo_all(&*self.runner)?;
        Ok(self.tools().look(Freshness::Usual))
    }

    fn perform(&self, entry: &Entry) -> io::Result<Performance> {
        let acting = Journaled::Open(Box::new(Entry {
            stage: Stage::Acting,
            ..entry.clone()
        }));
        perform::perform(self.tools(), &self.key, entry, &mut || {
            self.journal.record(&acting)
        })
    }
}

/// Runs the agent until its journal fails. Each ring asks for a check-in.
///
/// # Errors
/// When the journal cannot be written: without it nothing may be done.
pub async fn run(
    mut core: Core,
    workplace: Arc<impl Workplace>,
    client: Client,
    mut rings: mpsc::Receiver<()>,
) -> io::Result<()> {
    loop {
        let now = workplace.now();
        match core.poll(now) {
            Step::Record(what) => {
                workplace.record(&what)?;
                core.handle_recorded(&what);
            }
            Step::Forget(id) => workplace.forget(id)?,
            Step::Look => {
                let observation = on_the_mac(&workplace, Workplace::look).await??;
                core.handle_looked(observation, workplace.now());
            }
            Step::CheckIn(check_in) => {
                let answer = answer("check-in", client.check_in(&check_in).await);
                core.handle_checked_in(&check_in.observation_digest, answer, workplace.now());
            }
            Step::Start(id) => {
                let answer = answer("start", client.start(id).await.map(drop));
                core.handle_start_answer(id, answer, workplace.now());
            }
            Step::Perform(entry) => {
                let id = entry.offer.envelope.id;
                tracing::info!(action = %id, kind = entry.offer.envelope.action.kind(), "begin");
                let done = on_the_mac(&workplace, move |workplace| workplace.perform(&entry)).await??;
                tracing::info!(action = %id, code = %done.outcome.code, "end");
                core.handle_performed(id, done, workplace.now());
            }
            Step::Report(id, report) => {
                let answer = answer("report", client.report(id, &report).await.map(drop));
                core.handle_report_answer(id, answer, workplace.now());
            }
            Step::WaitUntil(deadline) => {
                if rung_before(deadline, now, &mut rings).await {
                    core.handle_ring(workplace.now());
                }
            }
        }
    }
}

/// Apple's tools take seconds; they run beside the loop that keeps the stream alive.
async fn on_the_mac<W: Workplace, T: Send + 'static>(
    workplace: &Arc<W>,
    work: impl FnOnce(&W) -> T + Send + 'static,
) -> io::Result<T> {
    let workplace = Arc::clone(workplace);
    tokio::task::spawn_blocking(move || work(&workplace))
        .await
        .map_err(io::Error::other)
}

async fn rung_before(deadline: Timestamp, now: Timestamp, rings: &mut mpsc::Receiver<()>) -> bool {
    let wait = deadline.since(now).max(Duration::from_millis(1));
    match timeout(wait, rings.recv()).await {
        Ok(Some(())) => true,
        Ok(None) => {
            // Nobody rings any more: wait the time out, or the loop would spin.
            tokio::time::sleep(wait).await;
            false
        }
        Err(_) => false,
    }
}

/// What the core needs to know of a request: done, never, or later.
fn answer<T>(what: &str, result: Result<T, Refused>) -> Answer<T> {
    match result {
        Ok(value) => Answer::Yes(value),
        Err(refused) => {
            tracing::info!(what, %refused, "not served");
            match refused {
                Refused::Problem {
                    status: 404 | 409 | 410 | 422,
                    ..
                } => Answer::Never,
                Refused::Problem { .. } | Refused::Unreachable(_) => Answer::Later,
            }
        }
    }
}
