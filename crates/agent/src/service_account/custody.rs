//! What the agent keeps of the service account over restarts.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mac::Runner;
use rand_core::{CryptoRng, UnwrapErr};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use trust::code::Code;
use trust::id::{ActionId, DeedId, DeviceId, EscrowMessageId, GenericUuid as _, OrganizationId};
use trust::lock_out::LockOutRule;
use trust::observation::{CreationAttempt, PasswordProof};
use trust::outcome::{Evidence, TrustEdge};
use trust::service_account::attempts::Ledger;
use trust::service_account::guesses::Guesses;
use trust::service_account::{Deed, DeedKind, Rung, Settings};
use trust::time::Timestamp;

use crate::kept::Kept;
use crate::local_administrator;
use crate::observe::Freshness;
use crate::password_policy::Outlook;
use crate::password_store::{Owner, Password, PasswordStore};
use crate::paths::Paths;
use crate::recovery_key::Keeper;

/// How long the Mac's password policy is believed without asking again: the question is a process.
const POLICY_GOOD_FOR: Duration = Duration::from_secs(15 * 60);

/// More deeds than this wait for the server only while it is away for weeks; the oldest are let go then.
const MOST_DEEDS: usize = 200;

/// The agent's side of the service account. Clones share it.
#[derive(Clone)]
pub struct Custody {
    /// Its passwords.
    pub passwords: PasswordStore,
    /// Which passwords were tried, of any account.
    pub(crate) attempts: Kept<Ledger>,
    /// Which wrong passwords people at the Mac have typed into the app.
    pub(crate) guesses: Kept<Guesses>,
    pub(crate) memory: Kept<Memory>,
    /// What is remembered of the recovery key, which is rotated by the service account.
    pub recovery_key: Keeper,
    /// What is kept of the local administrator, which gets its token from the service account.
    pub local_administrator: local_administrator::Keeper,
    outlook: Arc<Mutex<Option<Outlook>>>,
    booted_at: Arc<Mutex<Timestamp>>,
    random: Arc<Mutex<dyn CryptoRng + Send>>,
}

/// What is remembered. Nothing in it is secret.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// What the organisation wants; `None` before it has said so, and then nothing is done unasked.
    pub settings: Option<Settings>,
    /// The start of the Mac during which it was enrolled.
    pub enrolled_boot: Option<Timestamp>,
    /// The Mac was started again since.
    pub restarted: bool,
    /// Somebody has logged in since that.
    pub login_seen: bool,
    /// What was begun and is not known to have ended.
    pub work: Option<Work>,
    /// The reinstall that is under way, until the server can be told of it.
    pub reinstalling: Option<Reinstalling>,
    /// The order that is carried out.
    pub ordered_by: Option<ActionId>,
    /// The last try of the current password against Open Directory.
    pub local: Option<PasswordProof>,
    /// The last try of the current password against the disk.
    pub disk: Option<PasswordProof>,
    /// How often the account's disk key was wrapped anew, other than by a change of the password: what the disk refused before
    /// is another question since.
    pub rewrapped: u32,
    /// When the next password is due.
    pub rotation_due_at: Option<Timestamp>,
    /// The last password that was committed, for the action that may have asked for it.
    pub committed: Option<Committed>,
    /// The last try to make the account.
    pub last_creation: Option<CreationAttempt>,
    /// Rungs that did not mend the present fault.
    pub tried: Vec<Rung>,
    /// The start of the Mac in which they were tried.
    pub tried_in_boot: Option<Timestamp>,
    /// What was done unasked and the server does not know yet.
    pub deeds: Vec<Deed>,
}

/// Something that changes the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum Work {
    /// The account is being made.
    Create,
    /// A holder helps the account to a password and a token.
    Mend,
    /// It is being given a new password.
    Rotate,
    /// It is being deleted.
    Remove,
}

/// A reinstall that has begun to change the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reinstalling {
    /// By this id the server is told of it, however often.
    pub id: DeedId,
    /// Record name of the administrator who helps.
    pub administrator: String,
    /// There was no account before.
    pub creates: bool,
}

/// A password that was proved and taken into force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// Which.
    pub password: String,
    /// When.
    pub at: Timestamp,
    /// The order that asked for it; `None` when nobody did.
    pub ordered_by: Option<ActionId>,
}

impl fmt::Debug for Custody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custody")
            .field("memory", &self.memory)
            .finish_non_exhaustive()
    }
}

impl Custody {
    /// What an earlier run left behind.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn open(paths: &Paths) -> io::Result<Self> {
        Ok(Self::new(
            PasswordStore::open(paths, Owner::ServiceAccount)?,
            (Kept::open(paths.attempts())?, Kept::open(paths.guesses())?),
            Kept::open(paths.service_account())?,
            (Keeper::open(paths)?, local_administrator::Keeper::open(paths)?),
            UnwrapErr(getrandom::SysRng),
        ))
    }

    /// A custody in memory, which draws from `random`.
    #[cfg(not(target_os = "macos"))]
    pub fn in_memory(random: impl CryptoRng + Send + 'static) -> Self {
        let counts = (Kept::in_memory(), Kept::in_memory());
        Self::new(
            PasswordStore::in_memory(Owner::ServiceAccount),
            counts,
            Kept::in_memory(),
            (Keeper::in_memory(), local_administrator::Keeper::in_memory()),
            random,
        )
    }

    fn new(
        passwords: PasswordStore,
        (attempts, guesses): (Kept<Ledger>, Kept<Guesses>),
        memory: Kept<Memory>,
        (recovery_key, local_administrator): (Keeper, local_administrator::Keeper),
        random: impl CryptoRng + Send + 'static,
    ) -> Self {
        Self {
            passwords,
            attempts,
            guesses,
            memory,
            recovery_key,
            local_administrator,
            outlook: Arc::default(),
            booted_at: Arc::new(Mutex::new(Timestamp(0))),
            random: Arc::new(Mutex::new(random)),
        }
    }

    /// What is remembered, as it stands on the disk.
    pub fn remembered(&self) -> Memory {
        self.memory.get()
    }

    /// What the organisation wants from now on. When it wants the Mac to be tried again, what the Mac said of its policy
    /// before does not count, and neither do repairs that failed before.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn obey(&self, settings: Settings) -> io::Result<()> {
        let before = self.memory.get().settings.and_then(|before| before.try_again_at);
        let try_again = settings.try_again_at.is_some() && settings.try_again_at != before;
        self.memory.change(|memory| {
            memory.settings = Some(settings);
            if try_again {
                memory.tried.clear();
            }
        })?;
        if let Some(outlook) = self.outlook().as_mut().filter(|_| try_again) {
            outlook.at = Timestamp(0);
        }
        Ok(())
    }

    /// This rung did not mend the present fault.
    ///
    /// # Errors
    /// When that could not be kept.
    pub(crate) fn in_vain(&self, rung: Rung) -> io::Result<()> {
        self.memory.change(|memory| {
            if !memory.tried.contains(&rung) {
                memory.tried.push(rung);
            }
        })
    }

    /// The server has stored these deeds.
    ///
    /// # Errors
    /// When that could not be kept. They are told again then.
    pub fn forget_deeds(&self, stored: &[DeedId]) -> io::Result<()> {
        self.memory
            .change(|memory| memory.deeds.retain(|deed| !stored.contains(&deed.id)))
    }

    /// The Mac was enrolled, as this device: what was waited for is waited for again.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn enrolled(&self, organization_id: OrganizationId, device_id: DeviceId) -> io::Result<()> {
        self.memory.change(|memory| {
            (memory.enrolled_boot, memory.restarted, memory.login_seen) = (None, false, false);
        })?;
        self.escrows_as(organization_id, device_id)
    }

    /// Somebody has logged in at the screen.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn login_seen(&self) -> io::Result<()> {
        self.memory.change(|memory| memory.login_seen = memory.restarted)
    }

    pub(crate) fn begin(&self, work: Work) -> io::Result<()> {
        self.memory.change(|memory| memory.work = Some(work))
    }

    /// The account's disk key was wrapped anew.
    pub(crate) fn rewrapped(&self) -> io::Result<()> {
        self.memory.change(|memory| memory.rewrapped += 1)
    }

    pub(crate) fn over(&self) -> io::Result<()> {
        self.memory.change(|memory| memory.work = None)
    }

    pub(crate) fn tell(&self, deed: Deed) -> io::Result<()> {
        self.memory.change(|memory| {
            memory.deeds.push(deed);
            let too_many = memory.deeds.len().saturating_sub(MOST_DEEDS);
            memory.deeds.drain(..too_many);
        })
    }

    pub(crate) fn deed_id(&self) -> DeedId {
        DeedId::from_untyped_uuid(self.random_uuid())
    }

    pub(crate) fn escrow_message_id(&self) -> EscrowMessageId {
        EscrowMessageId::from_untyped_uuid(self.random_uuid())
    }

    fn random_uuid(&self) -> uuid::Uuid {
        let mut bytes = [0; 16];
        self.with_random(|random| random.fill_bytes(&mut bytes));
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    pub(crate) fn deed(
        &self,
        kind: DeedKind,
        account: Option<&str>,
        (code, edge): (Code, Option<TrustEdge>),
        evidence: Vec<Evidence>,
        at: Timestamp,
    ) -> Deed {
        Deed {
            id: self.deed_id(),
            kind,
            code,
            account: account.map(str::to_owned),
            evidence,
            edge,
            at,
        }
    }

    /// A password with a name, out of one that was just made.
    pub(crate) fn named(&self, secret: SecretString, at: Timestamp) -> Password {
        self.with_random(|mut random| Password::new(secret, at, &mut random))
    }

    pub(crate) fn with_random<T>(&self, draw: impl FnOnce(&mut dyn CryptoRng) -> T) -> T {
        draw(&mut *self.random.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// When the Mac was started, as it was last seen.
    pub(crate) fn booted_at(&self) -> Timestamp {
        *self.booted_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn see_boot(&self, at: Timestamp) {
        *self.booted_at.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// What the Mac's policy asks of passwords: asked again now and then, and worked out anew when it has changed.
    pub(crate) fn see_policy(
        &self,
        runner: &dyn Runner,
        freshness: Freshness,
        now: Timestamp,
    ) -> Result<(), mac::Error> {
        let mut outlook = self.outlook();
        let before = outlook.take();
        let good = before
            .as_ref()
            .is_some_and(|before| now.since(before.at) < POLICY_GOOD_FOR);
        *outlook = match before {
            before @ Some(_) if good && freshness == Freshness::Usual => before,
            before => Some(self.with_random(|random| Outlook::look(runner, before, random, now))?),
        };
        Ok(())
    }

    /// What was seen of the policy; `None` when the Mac did not tell.
    pub(crate) fn outlook(&self) -> MutexGuard<'_, Option<Outlook>> {
        self.outlook.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When wrong passwords lock an account, as far as the policy was seen.
    pub(crate) fn lock_out_rule(&self) -> LockOutRule {
        self.outlook()
            .as_ref()
            .map_or(LockOutRule::Untold, Outlook::lock_out_rule)
    }

    /// How many wrong passwords in a row a machine may cause on an account; none where the policy is not known.
    pub(crate) fn machine_attempts(&self) -> Option<u32> {
        self.outlook().as_ref().map_or(Some(0), Outlook::machine_attempts)
    }
}
