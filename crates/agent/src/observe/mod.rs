//! Looks at the Mac and says what was seen, each fact with when and how.

mod accounts;
mod device;
mod disk;
mod proofs;
mod security;

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mac::Runner;
use trust::fact::Fact;
use trust::lock_out::LockOutRule;
use trust::observation::{
    Account, BootVolume, Hardware, MdmEnrolment, Observation, ProofResult, System, TokenProof,
};
use trust::time::Timestamp;

use crate::answers;
use crate::clock::Clock;
use crate::paths::Paths;
pub use device::hardware;

use accounts::{FailuresByGuid, Labels};
use proofs::Proofs;
use security::Remembered;

/// How long an unchanged account's label is believed without asking again: each question is a process.
const LABELS_GOOD_FOR: Duration = Duration::from_secs(15 * 60);

/// How long it is believed which MDM manages the Mac: the question is a process.
const MDM_GOOD_FOR: Duration = Duration::from_secs(15 * 60);

/// How fresh a look has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Ask again what cannot have changed unnoticed only now and then.
    Usual,
    /// Ask everything now that a token turns on.
    Now,
}

/// Looks at the Mac, and remembers what need not be asked again and what was proved.
#[derive(Debug)]
pub struct Observer {
    memory: Mutex<Memory>,
}

#[derive(Debug)]
struct Memory {
    proofs: Proofs,
    labels: Labels,
    failures: FailuresByGuid,
    lasting: Option<Lasting>,
    security: Option<Remembered>,
}

/// What stays until the Mac restarts, and with it the agent; but for the MDM, which may give way to another one.
#[derive(Debug, Clone)]
struct Lasting {
    system: Fact<System>,
    hardware: Fact<Hardware>,
    boot_volume: Fact<BootVolume>,
    mdm: Fact<MdmEnrolment>,
    full_disk_access: Fact<bool>,
}

impl Lasting {
    fn look(runner: &dyn Runner, now: Timestamp) -> Self {
        Self {
            system: device::system(runner, now),
            hardware: hardware(runner, now),
            boot_volume: disk::boot_volume(runner, now),
            mdm: device::mdm(runner, now),
            full_disk_access: disk::full_disk_access(runner, now),
        }
    }

    /// The same with the MDM asked for anew, now and then.
    fn renewed(self, runner: &dyn Runner, now: Timestamp) -> Self {
        if now.since(self.mdm.at()) <= MDM_GOOD_FOR {
            return self;
        }
        Self {
            mdm: device::mdm(runner, now),
            ..self
        }
    }

    fn is_complete(&self) -> bool {
        self.system.value().is_some() && self.hardware.value().is_some() && self.boot_volume.value().is_some()
    }
}

impl Observer {
    /// An observer that remembers the proofs of earlier runs.
    pub fn open(paths: &Paths) -> io::Result<Self> {
        Ok(Self::new(Proofs::open(&paths.proofs())?))
    }

    /// An observer that keeps its proofs in memory only.
    pub fn forgetful() -> Self {
        Self::new(Proofs::in_memory())
    }

    fn new(proofs: Proofs) -> Self {
        Self {
            memory: Mutex::new(Memory {
                proofs,
                labels: Labels::default(),
                failures: FailuresByGuid::new(),
                lasting: None,
                security: None,
            }),
        }
    }

    /// Looks at the Mac.
    pub fn look(&self, runner: &dyn Runner, clock: &dyn Clock, freshness: Freshness) -> Observation {
        let mut guard = self.memory();
        let memory = &mut *guard;
        let now = clock.now();
        let lasting = match memory.lasting.take() {
            Some(lasting) if lasting.is_complete() => lasting.renewed(runner, now),
            _ => Lasting::look(runner, now),
        };
        memory.lasting = Some(lasting.clone());

        let crypto_users = disk::crypto_users(runner, now);
        let believed_since = match freshness {
            Freshness::Now => now,
            Freshness::Usual => {
                Timestamp(now.as_millis() - i64::try_from(LABELS_GOOD_FOR.as_millis()).unwrap_or(0))
            }
        };
        let knows_tokens = lasting
            .system
            .value()
            .is_none_or(|system| system.version.knows_secure_token());
        let asked = accounts::Question {
            now,
            crypto_users: &crypto_users,
            believed_since,
            knows_tokens,
        };
        let mut accounts = accounts::look(runner, &asked, &mut memory.labels, &mut memory.failures);
        if let Fact::Known { value, .. } = &mut accounts {
            memory.proofs.attach(value);
        }
        let filevault = disk::filevault(runner, now);
        let asked = security::Question {
            now,
            hardware: &lasting.hardware,
            mdm: &lasting.mdm,
            filevault: &filevault,
            crypto_users: &crypto_users,
        };
        let security = security::look(runner, &asked, &mut memory.security);
        Observation {
            filevault,
            security,
            filevault_users: disk::filevault_users(runner, now),
            bootstrap_token: device::bootstrap_token(runner, now),
            console_user: device::console_user(runner, now),
            system: lasting.system,
            hardware: lasting.hardware,
            boot_volume: lasting.boot_volume,
            mdm: lasting.mdm,
            accounts,
            crypto_users,
            full_disk_access: lasting.full_disk_access,
            booted_at: device::booted_at(runner, now),
            promoted_in_passing: Vec::new(),
            login_plugin: Observation::not_looked_for(),
            service_account: Observation::not_looked_for(),
            local_administrator: None,
        }
    }

    /// Says of each account that the policy has locked it, where it has, by the failures that the last look has counted.
    pub(crate) fn lock_out(&self, accounts: &mut [Account], rule: &LockOutRule, now: Timestamp) {
        let memory = self.memory();
        for account in accounts {
            let failures = memory.failures.get(&account.guid);
            account.lock_out = failures.and_then(|(count, last)| rule.lock_out(*count, *last, now));
        }
    }

    /// Remembers what trying an account's own password has shown.
    pub fn remember_proof(&self, account: &Account, result: ProofResult, at: Timestamp) {
        let proof = TokenProof {
            result,
            at,
            password_set_at: account.password_set_at,
        };
        self.memory().proofs.remember(&account.guid, proof);
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // A look that panicked leaves nothing half written: what is remembered is replaced as a whole.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The fact that a tool told, or why it did not.
pub(crate) fn fact<T>(result: Result<T, mac::Error>, now: Timestamp, by: &str) -> Fact<T> {
    match result {
        Ok(value) => Fact::known(value, now, by),
        Err(error) => Fact::unknown(answers::error(&error), now, by),
    }
}
