//! A Mac in memory, looked at and worked on by the agent's own code.

use std::io;
use std::sync::{Mutex, PoisonError};

use agent::clock::{Clock, SystemClock};
use agent::journal::Entry;
use agent::observe::{Freshness, Observer};
use agent::perform::{Performance, Tools, perform};
use agent::promotions::Promotions;
use agent::service_account::Custody;
use anyhow::Context as _;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use rand_core::UnwrapErr;
use simrunner::SimRunner;
use trust::observation::{Hardware, Observation};
use wire::seal::SealingPrivateKey;

/// A simulated Mac with what its agent keeps of it.
pub struct SimulatedMac {
    runner: SimRunner,
    observer: Observer,
    promotions: Promotions,
    custody: Custody,
    /// What was seen last. Nobody but this agent changes the Mac, so that it need not look again.
    seen: Mutex<Option<Observation>>,
}

impl SimulatedMac {
    /// Takes charge of `mac`.
    pub fn new(mac: Mac) -> Self {
        Self {
            runner: SimRunner::new(mac, now()),
            observer: Observer::forgetful(),
            promotions: Promotions::default(),
            custody: Custody::in_memory(UnwrapErr(getrandom::SysRng)),
            seen: Mutex::default(),
        }
    }

    /// Takes charge of `mac`, which looks like `seen`.
    pub fn seen_as(mac: Mac, seen: Observation) -> Self {
        Self {
            seen: Mutex::new(Some(seen)),
            ..Self::new(mac)
        }
    }

    /// The Mac as it is now: the truth.
    pub fn truth(&self) -> Mac {
        self.runner.mac()
    }

    /// Does something to the Mac behind the agent's back. The agent sees it when it looks next.
    pub fn change<T>(&self, apply: impl FnOnce(&mut Mac) -> T) -> T {
        let done = self.runner.change(apply);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = None;
        done
    }

    /// What the agent sees of the Mac.
    pub fn look(&self) -> Observation {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get_or_insert_with(|| {
            self.runner.set_time(now());
            self.tools().look(Freshness::Now)
        })
        .clone()
    }

    /// What the Mac's own tools call the machine.
    pub fn hardware(&self) -> anyhow::Result<Hardware> {
        let seen = self.look().hardware;
        let hardware = seen.value().cloned();
        hardware.with_context(|| format!("read the serial number of a simulated Mac: {seen:?}"))
    }

    /// Carries out the action of `entry`, or finishes what was begun. `before_touching` is called before the Mac is changed.
    pub(super) fn perform(
        &self,
        key: &SealingPrivateKey,
        entry: &Entry,
        before_touching: &mut dyn FnMut() -> io::Result<()>,
    ) -> io::Result<Performance> {
        self.runner.set_time(now());
        let performance = perform(self.tools(), key, entry, before_touching)?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Some(performance.observation.clone());
        Ok(performance)
    }

    fn tools(&self) -> Tools<'_> {
        Tools {
            runner: &self.runner,
            clock: &SystemClock,
            observer: &self.observer,
            promotions: &self.promotions,
            custody: &self.custody,
        }
    }
}

fn now() -> UnixMillis {
    UnixMillis(SystemClock.now().as_millis())
}
