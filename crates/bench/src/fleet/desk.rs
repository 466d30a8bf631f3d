//! Where an agent of the fleet works during one run.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use agent::clock::{Clock as _, SystemClock};
use agent::journal::{Entry, Journaled, Stage};
use agent::local_administrator::tend::Cause;
use agent::login::{Login, LoginRecord};
use agent::perform::Performance;
use agent::recovery_key::Receipt;
use agent::service_account::tend::Tended;
use agent::shell::Workplace;
use agent::utility::Asked;
use trust::id::{ActionId, DeedId, EscrowMessageId};
use trust::observation::Observation;
use trust::service_account::Settings;
use trust::time::Timestamp;
use wire::escrow::{Escrow, EscrowTerms, KeptKey};

use super::member::Device;
use super::progress::{Noted, Progress};

/// The desk of one run. Work that was handed to another thread before the run ended finds the desk left.
pub(super) struct Desk {
    device: Arc<Device>,
    is_left: Mutex<bool>,
}

impl Desk {
    pub(super) fn new(device: Arc<Device>) -> Self {
        Self {
            device,
            is_left: Mutex::new(false),
        }
    }

    pub(super) fn device(&self) -> &Arc<Device> {
        &self.device
    }

    /// Waits for what is done on the Mac just now; nothing more is done there in this run.
    pub(super) fn leave(&self) {
        *self.is_left() = true;
    }

    fn is_left(&self) -> MutexGuard<'_, bool> {
        self.is_left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Workplace for Desk {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    fn record(&self, what: &Journaled) -> io::Result<()> {
        if let Some(progress) = &self.device.progress {
            // Nobody may watch any more.
            let _ = progress.send(Noted {
                device: self.device.id,
                action: what.id(),
                progress: Progress::of(what),
                at: Instant::now(),
            });
        }
        self.device.journal.record(what);
        Ok(())
    }

    fn forget(&self, id: ActionId) -> io::Result<()> {
        self.device.journal.forget(id);
        Ok(())
    }

    /// No plug-in tells these Macs of logins.
    fn record_logins(&self, _: LoginRecord) -> io::Result<()> {
        Ok(())
    }

    fn look(&self) -> io::Result<Observation> {
        Ok(self.device.mac.look())
    }

    fn perform(&self, entry: &Entry) -> io::Result<Performance> {
        let is_left = self.is_left();
        if *is_left {
            return Err(io::Error::other("this run of the agent is over"));
        }
        let acting = Journaled::Open(Box::new(Entry {
            stage: Stage::Acting,
            ..entry.clone()
        }));
        let device = &self.device;
        device
            .mac
            .perform(&device.key, entry, &mut || self.record(&acting))
    }

    /// These Macs have no service account: what is measured is asked for by orders.
    fn tend(&self, _: Option<&Login>) -> io::Result<Tended> {
        Ok(Tended {
            observation: self.device.mac.look(),
            again_at: Timestamp(i64::MAX),
            deeds: Vec::new(),
        })
    }

    fn obey(&self, _: &Settings) -> io::Result<()> {
        Ok(())
    }

    /// Nobody sits at these Macs.
    fn serve(&self, _: &Asked) -> io::Result<Option<Tended>> {
        Ok(None)
    }

    fn forget_deeds(&self, _: &[DeedId]) -> io::Result<()> {
        Ok(())
    }

    /// The cores of these Macs escrow nothing.
    fn obey_vault(&self, _: &EscrowTerms) -> io::Result<()> {
        Ok(())
    }

    fn next_to_escrow(&self) -> Option<Escrow> {
        None
    }

    fn escrowed(&self, _: EscrowMessageId, _: Receipt) -> io::Result<()> {
        Ok(())
    }

    fn prove_kept_key(&self, _: &KeptKey) -> io::Result<()> {
        Ok(())
    }

    fn tend_recovery_key(&self, _: bool) -> io::Result<Tended> {
        self.tend(None)
    }

    fn tend_local_administrator(&self, _: Cause) -> io::Result<Tended> {
        self.tend(None)
    }
}
