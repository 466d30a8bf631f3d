//! Carries out what the core says, one step after the other.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use trust::id::{ActionId, DeedId, DeviceId, EscrowMessageId, OrganizationId};
use trust::observation::Observation;
use trust::service_account::Settings;
use trust::time::Timestamp;

use crate::clock::Clock;
use crate::core::{Answer, Core, Step};
use crate::journal::{Entry, Journal, Journaled, Stage};
use crate::link::{Client, Refused};
use crate::local_administrator::{self, tend::Cause};
use crate::login::registration::Registration;
use crate::login::{Login, LoginRecord};
use crate::observe::{Freshness, Observer};
use crate::paths::Paths;
use crate::perform::{self, Performance, Tools};
use crate::promotions::Promotions;
use crate::recovery_key::{self, Receipt};
use crate::service_account::Custody;
use crate::service_account::tend::{Tended, tend};
use crate::utility::{self, Asked, Served};
use wire::escrow::{Escrow, EscrowTerms, KeptKey};
use wire::seal::SealingPrivateKey;

/// The shortest wait: the loop must not spin.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// Where the agent works: its clock, what it remembers, and its Mac. [`Workshop`] is the real one.
pub trait Workplace: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Puts `what` where it survives the agent.
    fn record(&self, what: &Journaled) -> io::Result<()>;

    /// Forgets a closed action.
    fn forget(&self, id: ActionId) -> io::Result<()>;

    /// Puts what is kept of logins where it survives the agent.
    fn record_logins(&self, record: LoginRecord) -> io::Result<()>;

    /// Looks at the Mac. May take seconds.
    fn look(&self) -> io::Result<Observation>;

    /// Carries an action out, or finishes what was begun. May take seconds.
    fn perform(&self, entry: &Entry) -> io::Result<Performance>;

    /// Looks after the service account. May take a minute, at a login.
    fn tend(&self, login: Option<&Login>) -> io::Result<Tended>;

    /// Puts the settings where they survive the agent.
    fn obey(&self, settings: &Settings) -> io::Result<()>;

    /// Answers the person at the screen; how the Mac looks afterwards, where that has changed. May take a minute.
    fn serve(&self, asked: &Asked) -> io::Result<Option<Tended>>;

    /// Forgets deeds that the server has stored.
    fn forget_deeds(&self, stored: &[DeedId]) -> io::Result<()>;

    /// Puts how to escrow where it survives the agent.
    fn obey_vault(&self, terms: &EscrowTerms) -> io::Result<()>;

    /// The oldest message that the vault has not acknowledged.
    fn next_to_escrow(&self) -> Option<Escrow>;

    /// What became of a message.
    fn escrowed(&self, id: EscrowMessageId, receipt: Receipt) -> io::Result<()>;

    /// Tries a key that the vault keeps. May take seconds.
    fn prove_kept_key(&self, kept: &KeptKey) -> io::Result<()>;

    /// Looks after the recovery key. May take a minute.
    fn tend_recovery_key(&self, is_due: bool) -> io::Result<Tended>;

    /// Looks after the local administrator. May take a minute.
    fn tend_local_administrator(&self, cause: Cause) -> io::Result<Tended>;
}

/// What the agent works with on its Mac.
pub struct Workshop {
    /// Whose Mac it is.
    pub organization_id: OrganizationId,
    /// Which one.
    pub device_id: DeviceId,
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
    /// Keeps what the service account needs.
    pub custody: Custody,
    /// Keeps the login plug-in registered.
    pub registration: Registration,
    /// Where the agent keeps its files.
    pub paths: Paths,
}

impl Workshop {
    fn tools(&self) -> Tools<'_> {
        Tools {
            runner: &*self.runner,
            clock: &*self.clock,
            observer: &self.observer,
            promotions: &self.promotions,
            custody: &self.custody,
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

    fn record_logins(&self, record: LoginRecord) -> io::Result<()> {
        record.save(&self.paths)
    }

    /// Looks at the Mac, having undone what an earlier run promoted, and put right what an upgrade undid.
    fn look(&self) -> io::Result<Observation> {
        self.promotions.undo_all(&*self.runner)?;
        let login_plugin = self.registration.keep(&*self.runner, self.now());
        Ok(Observation {
            login_plugin,
            ..self.tools().look(Freshness::Usual)
        })
    }

    fn perform(&self, entry: &Entry) -> io::Result<Performance> {
        let acting = Journaled::Open(Box::new(Entry {
            stage: Stage::Acting,
            ..entry.clone()
        }));
        let mut done = perform::perform(self.tools(), &self.key, entry, &mut || {
            self.journal.record(&acting)
        })?;
        done.observation.login_plugin = self.registration.seen(self.now());
        Ok(done)
    }

    fn tend(&self, login: Option<&Login>) -> io::Result<Tended> {
        let mut tended = tend(self.tools(), login)?;
        tended.observation.login_plugin = self.registration.keep(&*self.runner, self.now());
        Ok(tended)
    }

    fn serve(&self, asked: &Asked) -> io::Result<Option<Tended>> {
        match utility::serve(self.tools(), asked)? {
            // Whatever came of it, the account is looked after as after a login.
            Served::Acted => self.tend(None).map(Some),
            Served::Told => Ok(None),
        }
    }

    fn obey(&self, settings: &Settings) -> io::Result<()> {
        self.custody.obey(settings.clone())
    }

    fn forget_deeds(&self, stored: &[DeedId]) -> io::Result<()> {
        self.custody.forget_deeds(stored)
    }

    fn obey_vault(&self, terms: &EscrowTerms) -> io::Result<()> {
        self.custody.obey_vault(recovery_key::Vault {
            organization_id: self.organization_id,
            device_id: self.device_id,
            terms: terms.clone(),
        })
    }

    fn next_to_escrow(&self) -> Option<Escrow> {
        self.custody.next_to_escrow()
    }

    fn escrowed(&self, id: EscrowMessageId, receipt: Receipt) -> io::Result<()> {
        let next_try = self.now().plus(recovery_key::ROUND);
        self.custody.escrowed(id, receipt, next_try)
    }

    fn prove_kept_key(&self, kept: &KeptKey) -> io::Result<()> {
        let bound_to = KeptKey::associated_data(self.organization_id, self.device_id, kept.version);
        match self.key.open(&kept.sealed, &bound_to) {
            Ok(key) => recovery_key::prove(self.tools(), kept.version, &key),
            Err(error) => {
                tracing::warn!(%error, "the kept recovery key does not open");
                Ok(())
            }
        }
    }

    fn tend_recovery_key(&self, is_due: bool) -> io::Result<Tended> {
        let mut tended = recovery_key::tend(self.tools(), is_due)?;
        tended.observation.login_plugin = self.registration.seen(self.now());
        Ok(tended)
    }

    fn tend_local_administrator(&self, cause: Cause) -> io::Result<Tended> {
        let mut tended = local_administrator::tend(self.tools(), cause)?;
        tended.observation.login_plugin = self.registration.seen(self.now());
        Ok(tended)
    }
}

/// Rings of the server, each of which asks for a check-in. [`Doorbell`](crate::link::Doorbell) hears the real ones.
pub trait Rings: Send {
    /// Waits for a ring, `within` at most. Answers whether it rang. When it is not waited for any more, nothing is lost.
    fn rung(&mut self, within: Duration) -> impl Future<Output = bool> + Send;
}

/// What comes from outside, unasked.
#[derive(Debug)]
pub struct Inbox<R> {
    /// The server's rings.
    pub rings: R,
    /// Logins at the Mac's screen.
    pub logins: mpsc::Receiver<Login>,
    /// What the person at the screen asks by the app.
    pub asked: mpsc::Receiver<Asked>,
}

/// What is taken in whatever is being waited for.
struct Visitors {
    logins: mpsc::Receiver<Login>,
    asked: mpsc::Receiver<Asked>,
}

enum Visit {
    Login(Login),
    Asked(Asked),
}

impl Visitors {
    /// The next one; never when nobody can come any more.
    async fn next(&mut self) -> Visit {
        tokio::select! {
            Some(login) = self.logins.recv() => Visit::Login(login),
            Some(asked) = self.asked.recv() => Visit::Asked(asked),
            else => std::future::pending().await,
        }
    }
}

/// Runs the agent until its journal fails. A login is given to the core at once, and so is what the person at the screen asks,
/// whatever is being waited for: a password does not lie about.
///
/// # Errors
/// When the journal cannot be written: without it nothing may be done.
pub async fn run(
    mut core: Core,
    workplace: Arc<impl Workplace>,
    client: Client,
    inbox: Inbox<impl Rings>,
) -> io::Result<()> {
    let Inbox {
        mut rings,
        logins,
        asked,
    } = inbox;
    let mut visitors = Visitors { logins, asked };
    loop {
        let now = workplace.now();
        match core.poll(now) {
            Step::Record(what) => {
                workplace.record(&what)?;
                core.handle_recorded(&what);
            }
            Step::Forget(id) => workplace.forget(id)?,
            Step::Look => {
                let look = on_the_mac(&workplace, Workplace::look);
                let observation = meanwhile(&mut core, &*workplace, &mut visitors, look).await??;
                core.handle_looked(observation, workplace.now());
            }
            Step::CheckIn(check_in) => {
                let asked = client.check_in(&check_in);
                let answer = answer(
                    "check-in",
                    meanwhile(&mut core, &*workplace, &mut visitors, asked).await,
                );
                core.handle_checked_in(&check_in, answer, workplace.now());
            }
            Step::Start(id) => {
                let asked = client.start(id);
                let started = meanwhile(&mut core, &*workplace, &mut visitors, asked).await;
                let answer = answer("start", started.map(drop));
                core.handle_start_answer(id, answer, workplace.now());
            }
            Step::Perform(entry) => {
                let id = entry.offer.envelope.id;
                tracing::info!(action = %id, kind = entry.offer.envelope.action.kind(), "begin");
                let perform = on_the_mac(&workplace, move |workplace| workplace.perform(&entry));
                let done = meanwhile(&mut core, &*workplace, &mut visitors, perform).await??;
                tracing::info!(action = %id, code = %done.outcome.code, "end");
                core.handle_performed(id, done, workplace.now());
            }
            Step::Report(id, report) => {
                let told = client.report(id, &report);
                let reported = meanwhile(&mut core, &*workplace, &mut visitors, told).await;
                let answer = answer("report", reported.map(drop));
                core.handle_report_answer(id, answer, workplace.now());
            }
            Step::RecordLogins(record) => {
                workplace.record_logins(record)?;
                core.handle_logins_recorded(record);
            }
            Step::Obey(settings) => {
                workplace.obey(&settings)?;
                core.handle_obeyed(settings, workplace.now());
            }
            Step::Tend(login) => {
                let tend = on_the_mac(&workplace, move |workplace| workplace.tend(login.as_deref()));
                let tended = meanwhile(&mut core, &*workplace, &mut visitors, tend).await??;
                core.handle_tended(tended, workplace.now());
            }
            Step::LearnEscrow => {
                let asked = client.escrow_terms();
                let told = meanwhile(&mut core, &*workplace, &mut visitors, asked).await;
                let answer = answer("escrow terms", told);
                if let Answer::Yes(terms) = &answer {
                    workplace.obey_vault(terms)?;
                }
                core.handle_escrow_learned(answer, workplace.now());
            }
            Step::ProveKey => {
                let asked = client.kept_key();
                let told = meanwhile(&mut core, &*workplace, &mut visitors, asked).await;
                let answer = match answer("kept key", told) {
                    Answer::Yes(kept) => {
                        let prove = on_the_mac(&workplace, move |workplace| workplace.prove_kept_key(&kept));
                        meanwhile(&mut core, &*workplace, &mut visitors, prove).await??;
                        Answer::Yes(())
                    }
                    Answer::Never => Answer::Never,
                    Answer::Later => Answer::Later,
                };
                core.handle_key_tried(&answer, workplace.now());
            }
            Step::Escrow => {
                let answer = match workplace.next_to_escrow() {
                    None => None,
                    Some(message) => {
                        let sent = client.escrow(&message);
                        let sent = meanwhile(&mut core, &*workplace, &mut visitors, sent).await;
                        let answer = escrow_answer(sent.map(|escrowed| escrowed.version));
                        Some(match answer {
                            Answer::Yes(version) => {
                                workplace.escrowed(message.id, Receipt::Kept { version })?;
                                Answer::Yes(())
                            }
                            Answer::Never => {
                                workplace.escrowed(message.id, Receipt::Refused)?;
                                Answer::Never
                            }
                            Answer::Later => Answer::Later,
                        })
                    }
                };
                core.handle_escrowed(answer, workplace.now());
            }
            Step::TendRecoveryKey { is_due } => {
                let tend = on_the_mac(&workplace, move |workplace| workplace.tend_recovery_key(is_due));
                let tended = meanwhile(&mut core, &*workplace, &mut visitors, tend).await??;
                core.handle_recovery_key_tended(tended, workplace.now());
            }
            Step::TendLocalAdministrator(cause) => {
                let tend = on_the_mac(&workplace, move |workplace| {
                    workplace.tend_local_administrator(cause)
                });
                let tended = meanwhile(&mut core, &*workplace, &mut visitors, tend).await??;
                core.handle_local_administrator_tended(tended, workplace.now());
            }
            Step::Serve(asked) => {
                let serve = on_the_mac(&workplace, move |workplace| workplace.serve(&asked));
                let tended = meanwhile(&mut core, &*workplace, &mut visitors, serve).await??;
                core.handle_served(tended, workplace.now());
            }
            Step::ForgetDeeds(stored) => workplace.forget_deeds(&stored)?,
            Step::WaitUntil(deadline) => {
                tracing::debug!(logins = core.logins_told(), "nothing to do");
                tokio::select! {
                    visit = visitors.next() => let_in(&mut core, visit, workplace.now()),
                    rung = rings.rung(deadline.since(now).max(SHORTEST_WAIT)) => if rung {
                        core.handle_ring(workplace.now());
                    },
                }
            }
        }
    }
}

/// Waits for `work`, and gives the core whoever comes meanwhile.
async fn meanwhile<T>(
    core: &mut Core,
    workplace: &impl Workplace,
    visitors: &mut Visitors,
    work: impl Future<Output = T>,
) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            visit = visitors.next() => let_in(core, visit, workplace.now()),
            done = &mut work => return done,
        }
    }
}

fn let_in(core: &mut Core, visit: Visit, now: Timestamp) {
    match visit {
        Visit::Login(login) => core.handle_login(login, now),
        Visit::Asked(asked) => core.handle_asked(asked),
    }
}

/// Apple's tools take seconds; they run beside the loop, which takes logins meanwhile.
async fn on_the_mac<W: Workplace, T: Send + 'static>(
    workplace: &Arc<W>,
    work: impl FnOnce(&W) -> T + Send + 'static,
) -> io::Result<T> {
    let workplace = Arc::clone(workplace);
    tokio::task::spawn_blocking(move || work(&workplace))
        .await
        .map_err(io::Error::other)
}

/// What the core needs to know of a message to the vault. Only where the vault says that it will never keep it is it given up: a key
/// that is given up is lost.
pub(crate) fn escrow_answer<T>(result: Result<T, Refused>) -> Answer<T> {
    let is_final = result.as_ref().is_err_and(|refused| {
        matches!(
            refused,
            Refused::Problem {
                status: 400 | 404 | 422,
                ..
            }
        )
    });
    match answer("escrow", result) {
        Answer::Never | Answer::Later if is_final => Answer::Never,
        Answer::Never => Answer::Later,
        answer => answer,
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
