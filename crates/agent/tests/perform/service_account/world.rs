//! A simulated Mac, its agent, and the time that passes for both.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use agent::clock::Clock;
use agent::journal::Stage;
use agent::local_administrator::{self, tend::Cause};
use agent::login::Login;
use agent::observe::{Freshness, Observer};
use agent::perform::{Performance, Tools};
use agent::promotions::Promotions;
use agent::recovery_key;
use agent::service_account::Custody;
use agent::service_account::reinstall::{self, Refused};
use agent::service_account::tend::{Tended, tend};
use agent::utility::{Asked, serve};
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::rules::login;
use macsim::rules::refusal::{Circumstances, Credentials, Refusal};
use rand_core::UnwrapErr;
use secrecy::SecretString;
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::service_account::{Deed, Settings, Status, condition};
use trust::time::Timestamp;
use utility_protocol::message::{Answer, Request};

use crate::macs::NOW;
use crate::order::Order;
use crate::runner::{KillPoint, Killed, WatchedRunner};

/// The Mac and what outlives its agent.
pub struct World {
    pub runner: WatchedRunner,
    pub custody: Custody,
    promotions: Promotions,
    now: Mutex<Timestamp>,
    /// Who is on the way in: macOS lets the session begin while the agent waits.
    entering: Mutex<Option<(String, String)>>,
}

impl World {
    /// A Mac whose organisation wants a service account.
    pub fn new(mac: Mac) -> Self {
        let world = Self {
            runner: WatchedRunner::new(mac, UnixMillis(NOW.0)),
            custody: Custody::in_memory(UnwrapErr(getrandom::SysRng)),
            promotions: Promotions::default(),
            now: Mutex::new(NOW),
            entering: Mutex::default(),
        };
        world.want(Settings::default());
        world
    }

    pub fn want(&self, settings: Settings) {
        self.custody.obey(settings).unwrap();
    }

    pub fn mac(&self) -> Mac {
        self.runner.mac()
    }

    pub fn at(&self) -> Circumstances {
        Circumstances {
            now: UnixMillis(self.now().0),
        }
    }

    pub fn pass(&self, time: Duration) {
        let now = self.now().plus(time);
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = now;
        self.runner.set_time(UnixMillis(now.0));
    }

    pub fn days(&self, days: u64) {
        self.pass(Duration::from_secs(days * 24 * 60 * 60));
    }

    pub fn restart(&self) {
        self.pass(Duration::from_secs(60));
        let now = self.now();
        self.runner.change(|mac| {
            macsim::rules::reboot::reboot(
                mac,
                Circumstances {
                    now: UnixMillis(now.0),
                },
            )
        });
    }

    /// Somebody logs in at the screen: macOS takes the password, asks the plug-in, and begins the session.
    pub fn log_in(&self, name: &str, password: &str) -> Result<Tended, Refusal> {
        let at = self.at();
        let who = Credentials { name, password };
        self.runner.change(|mac| login::admit(mac, who, at))?;
        *self.entering.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((name.to_owned(), password.to_owned()));
        let login = Login {
            account: name.to_owned(),
            password: SecretString::from(password),
        };
        let tended = self.tend_with(Some(&login));
        self.enter();
        Ok(tended)
    }

    /// Looks after the recovery key, which the server wants replaced or not.
    pub fn tend_recovery_key(&self, is_due: bool) -> Tended {
        self.pass(Duration::from_secs(1));
        recovery_key::tend(self.tools(&Observer::forgetful()), is_due).unwrap()
    }

    /// Looks after the local administrator.
    pub fn tend_local_administrator(&self, cause: Cause) -> Tended {
        self.pass(Duration::from_secs(1));
        local_administrator::tend(self.tools(&Observer::forgetful()), cause).unwrap()
    }

    /// Tries a recovery key that the vault keeps as this version.
    pub fn prove_kept_key(&self, version: u32, key: &SecretString) {
        self.pass(Duration::from_secs(1));
        recovery_key::prove(self.tools(&Observer::forgetful()), version, key).unwrap();
    }

    pub fn tend(&self) -> Tended {
        self.tend_with(None)
    }

    fn tend_with(&self, login: Option<&Login>) -> Tended {
        self.pass(Duration::from_secs(1));
        tend(self.tools(&Observer::forgetful()), login).unwrap()
    }

    /// Serves the person at the screen, whose user number is `caller`. Answers what they were told.
    pub fn serve(&self, caller: u32, request: Request) -> Vec<Answer> {
        self.pass(Duration::from_secs(1));
        let (asked, mut answers) = Asked::new(caller, request);
        serve(self.tools(&Observer::forgetful()), &asked).unwrap();
        drop(asked);
        std::iter::from_fn(|| answers.try_recv().ok()).collect()
    }

    /// Gets round to a person who has gone away.
    pub fn serve_nobody(&self, caller: u32, request: Request) {
        let (asked, answers) = Asked::new(caller, request);
        drop(answers);
        serve(self.tools(&Observer::forgetful()), &asked).unwrap();
    }

    /// Carries an order out.
    pub fn order(&self, order: &Order, stage: Stage) -> Performance {
        self.order_seen_by(&Observer::forgetful(), order, stage)
    }

    /// The agent is installed again over the top, and `name`'s password is typed.
    pub fn reinstall(&self, name: &str, password: &str) -> Result<Outcome, Refused> {
        self.pass(Duration::from_secs(1));
        let observer = Observer::forgetful();
        let tools = self.tools(&observer);
        let seen = reinstall::look(tools).unwrap();
        let administrator = name.parse().unwrap();
        reinstall::reinstall(tools, &seen, &administrator, &SecretString::from(password)).unwrap()
    }

    /// The same by an agent that remembers what was proved.
    pub fn order_seen_by(&self, observer: &Observer, order: &Order, stage: Stage) -> Performance {
        self.order_noting(observer, order, stage, &AtomicBool::new(false))
    }

    fn order_noting(
        &self,
        observer: &Observer,
        order: &Order,
        stage: Stage,
        touched: &AtomicBool,
    ) -> Performance {
        self.pass(Duration::from_secs(1));
        order.carry_out_with(self.tools(observer), stage, touched)
    }

    /// Does something during which the agent is killed; false when it was over before that.
    pub fn killed<T>(&self, point: KillPoint, work: impl FnOnce(&Self) -> T) -> bool {
        self.runner.arm(Some(point));
        let run = catch_unwind(AssertUnwindSafe(|| work(self)));
        self.runner.arm(None);
        self.enter();
        match run {
            Ok(_) => false,
            Err(cause) if cause.is::<Killed>() => true,
            Err(cause) => std::panic::resume_unwind(cause),
        }
    }

    /// Carries an order out, killed there; the next agent finishes it.
    pub fn order_killed(&self, order: &Order, point: KillPoint) -> Performance {
        self.order_killed_seen_by(&Observer::forgetful(), order, point)
    }

    /// The same by an agent that remembers what was proved.
    pub fn order_killed_seen_by(&self, observer: &Observer, order: &Order, point: KillPoint) -> Performance {
        let touched = AtomicBool::new(false);
        self.killed(point, |world| {
            world.order_noting(observer, order, Stage::Started, &touched)
        });
        let stage = match touched.load(Ordering::Relaxed) {
            true => Stage::Acting,
            false => Stage::Started,
        };
        self.order_seen_by(observer, order, stage)
    }

    pub fn look(&self) -> Observation {
        self.look_by(&Observer::forgetful())
    }

    pub fn look_by(&self, observer: &Observer) -> Observation {
        self.tools(observer).look(Freshness::Now)
    }

    /// A look that believes what was asked a short while ago.
    pub fn usual_look(&self) -> Observation {
        self.tools(&Observer::forgetful()).look(Freshness::Usual)
    }

    pub fn status(&self) -> Status {
        condition(&self.look())
    }

    /// The codes of all deeds, oldest first.
    pub fn deeds(&self) -> Vec<Code> {
        self.told().iter().map(|deed| deed.code).collect()
    }

    pub fn told(&self) -> Vec<Deed> {
        self.custody.remembered().deeds
    }

    fn tools<'a>(&'a self, observer: &'a Observer) -> Tools<'a> {
        Tools {
            runner: &self.runner,
            clock: self,
            observer,
            promotions: &self.promotions,
            custody: &self.custody,
        }
    }

    /// Whoever is on the way in is in.
    fn enter(&self) {
        let entering = self
            .entering
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some((name, password)) = entering {
            let who = Credentials {
                name: &name,
                password: &password,
            };
            self.runner.change(|mac| login::begin(mac, who));
        }
    }
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, pause: Duration) {
        self.pass(pause);
        self.enter();
    }
}
