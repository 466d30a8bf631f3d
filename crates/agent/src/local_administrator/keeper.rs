//! What the agent remembers of the local administrator. Passwords in it are sealed to the vault; those that the agent can read lie
//! in the keychain.

use std::io;

use serde::{Deserialize, Serialize};
use trust::action::CreateAccount;
use trust::escrow::{EscrowKind, Origin};
use trust::id::EscrowMessageId;
use trust::local_administrator::{Held, Made, Settings};
use trust::name::AccountName;
use trust::time::Timestamp;
use wire::escrow::{Escrow, EscrowTerms, Told};
use wire::seal::Sealed;

use crate::kept::Kept;
use crate::password_store::{Owner, Password, PasswordStore, Slot};
use crate::paths::Paths;
use crate::recovery_key::Receipt;
use crate::recovery_key::keeper::carries_a_secret;

/// The kind that all this is about.
pub(super) const KIND: EscrowKind = EscrowKind::LocalAdministratorPassword;

/// What is remembered, and the passwords. Clones share both.
#[derive(Debug, Clone)]
pub struct Keeper {
    pub(super) memory: Kept<Memory>,
    /// The account's passwords.
    pub passwords: PasswordStore,
}

/// What is remembered over restarts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// What the vault has not acknowledged, the oldest first.
    pub outbox: Vec<Escrow>,
    /// The account that the agent made.
    pub account: Option<Account>,
    /// What was begun and is not known to have ended.
    pub work: Option<Work>,
    /// When the account's password had been set, as it was seen when the password in force was proved.
    pub set_at: Option<Timestamp>,
    /// How often the account's disk key was wrapped anew, other than by a change of the password.
    pub rewrapped: u32,
    /// The password in force is none that the agent keeps.
    pub is_lost: bool,
    /// When the next password is due by the schedule.
    pub due_at: Option<Timestamp>,
    /// Since when another one is wanted because somebody has seen, used or refused this one.
    pub wanted_since: Option<Timestamp>,
    /// The wish of the vault's that the last change fulfilled.
    pub fulfilled: Option<Timestamp>,
    /// The vault was told that the password in force was used.
    pub use_told: bool,
    /// The agent does not try again before this, as long as the same is wanted.
    pub not_before: Option<Timestamp>,
    /// What was wanted when the last try failed. An agent that did not note it waits whatever is wanted.
    pub failed_for: Option<Settings>,
    /// The name of which the server was told that it is another account's.
    pub taken: Option<AccountName>,
    /// Which password the vault has, or has on the way.
    pub in_vault: Option<String>,
    /// The version of the last password that the vault acknowledged.
    pub acknowledged: Option<u32>,
    /// The vault refused the last password that it was sent.
    pub was_refused: bool,
    /// The vault is not told again before this.
    pub not_told_before: Option<Timestamp>,
}

/// The account that the agent made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its record name.
    pub name: AccountName,
    /// Its GUID, which no other account ever has.
    pub guid: String,
}

/// A password that is about to be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// What it is set for.
    pub task: Task,
    /// Which password.
    pub password: String,
    /// The message that takes it to the vault.
    pub message: EscrowMessageId,
}

/// What a password is set for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// The account is being made.
    Make {
        /// As this.
        wanted: CreateAccount,
    },
    /// It is being given another password.
    Rotate,
}

impl Memory {
    /// What the next step follows from.
    pub(super) fn held(&self, has_password: bool) -> Held<'_> {
        Held {
            made: self.account.as_ref().map(|account| Made {
                account: &account.name,
                guid: &account.guid,
            }),
            has_password: has_password && !self.is_lost,
            due_at: self.due_at,
            wanted_since: self.wanted_since,
        }
    }

    /// Whether a try for these settings has failed so lately that the next one waits.
    pub(super) fn is_barred(&self, settings: &Settings, now: Timestamp) -> bool {
        let is_the_same = self.failed_for.as_ref().is_none_or(|failed| failed == settings);
        is_the_same && self.not_before.is_some_and(|at| now < at)
    }

    /// A try for these settings has failed: the next one for the same is not made before this.
    pub(super) fn failed(&mut self, settings: &Settings, not_before: Timestamp) {
        self.not_before = Some(not_before);
        self.failed_for = Some(settings.clone());
    }

    fn tell(&mut self, id: EscrowMessageId, told: Told) {
        self.outbox.push(Escrow { id, kind: KIND, told });
    }
}

impl Keeper {
    /// What an earlier run left behind.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn open(paths: &Paths) -> io::Result<Self> {
        Ok(Self {
            memory: Kept::open(paths.local_administrator())?,
            passwords: PasswordStore::open(paths, Owner::LocalAdministrator)?,
        })
    }

    /// A keeper in memory, on a Mac without files.
    #[cfg(not(target_os = "macos"))]
    pub fn in_memory() -> Self {
        Self {
            memory: Kept::in_memory(),
            passwords: PasswordStore::in_memory(Owner::LocalAdministrator),
        }
    }

    /// What is remembered, as it stands on the disk.
    pub fn remembered(&self) -> Memory {
        self.memory.get()
    }

    /// The oldest message that the vault has not acknowledged.
    pub(crate) fn next_to_escrow(&self) -> Option<Escrow> {
        self.memory.get().outbox.into_iter().next()
    }

    /// Whether a password waits to be sent that is kept nowhere else once the agent is gone.
    pub(crate) fn holds_an_unsent_password(&self) -> bool {
        self.memory.get().outbox.iter().any(carries_a_secret)
    }

    /// The vault goes by these terms. One that has lost a password which it acknowledged is told again.
    pub(crate) fn obey_vault(&self, terms: &EscrowTerms) -> io::Result<()> {
        let Some(terms) = &terms.local_administrator else {
            return Ok(());
        };
        self.memory.change(|memory| {
            if memory.acknowledged > terms.version {
                (memory.in_vault, memory.acknowledged) = (None, None);
            }
        })
    }

    /// The Mac escrows as another device: what was sealed as the former one is of no use, and what the vault has of this one is not
    /// known.
    pub(crate) fn escrows_anew(&self) -> io::Result<()> {
        self.memory.change(|memory| {
            memory.outbox.clear();
            (memory.in_vault, memory.acknowledged, memory.fulfilled) = (None, None, None);
        })
    }

    /// What became of a message. A password that the vault will not open is sealed and sent anew; where that happens twice in a row,
    /// the next try waits.
    pub(crate) fn escrowed(
        &self,
        id: EscrowMessageId,
        receipt: Receipt,
        next_try: Timestamp,
    ) -> io::Result<()> {
        self.memory.change(|memory| {
            let Some(at) = memory.outbox.iter().position(|message| message.id == id) else {
                return;
            };
            let message = memory.outbox.remove(at);
            if !carries_a_secret(&message) {
                return;
            }
            match receipt {
                Receipt::Kept { version } => {
                    memory.acknowledged = version.or(memory.acknowledged);
                    (memory.was_refused, memory.not_told_before) = (false, None);
                }
                Receipt::Refused => {
                    memory.in_vault = None;
                    if memory.was_refused {
                        memory.not_told_before = Some(next_try);
                    }
                    memory.was_refused = true;
                }
            }
        })
    }

    /// A password is about to be set: it is kept where it can be read, then sealed, and what is begun is noted with it.
    pub(super) fn begin(
        &self,
        task: Task,
        password: &Password,
        (id, sealed): (EscrowMessageId, Sealed),
    ) -> io::Result<()> {
        self.passwords.stage(password)?;
        self.memory.change(|memory| {
            memory.tell(id, secret(sealed, Origin::Rotation, None));
            memory.in_vault = Some(password.id.clone());
            memory.work = Some(Work {
                task,
                password: password.id.clone(),
                message: id,
            });
        })
    }

    /// The staged password is in force: it was taken, and proved then if `proved_at` says so.
    pub(super) fn committed(
        &self,
        password: &Password,
        proved_at: Option<Timestamp>,
        note: impl FnOnce(&mut Memory),
    ) -> io::Result<()> {
        self.passwords.commit()?;
        self.memory.change(|memory| {
            memory.prove_unsent(proved_at);
            // What is not proved is told again as soon as it is.
            memory.in_vault = memory.in_vault.take().filter(|id| {
                *id == password.id
                    && proved_at.is_some()
                    && memory.work.as_ref().is_some_and(|work| memory.is_unsent(work))
            });
            memory.work = None;
            (memory.wanted_since, memory.not_before, memory.failed_for) = (None, None, None);
            (memory.use_told, memory.is_lost) = (false, false);
            note(memory);
        })
    }

    /// The staged password was not taken: what is in force is what was. Where the vault was told of the staged one, it is told of
    /// the other again.
    pub(super) fn abandoned(&self) -> io::Result<()> {
        self.passwords.unstage()?;
        self.memory.change(|memory| {
            if let Some(work) = memory.work.take() {
                memory.outbox.retain(|message| message.id != work.message);
                memory.in_vault = None;
            }
        })
    }

    /// Sends the password in force to the vault, which does not have it.
    pub(super) fn tell_again(
        &self,
        password: &Password,
        (id, sealed): (EscrowMessageId, Sealed),
        proved_at: Option<Timestamp>,
    ) -> io::Result<()> {
        self.memory.change(|memory| {
            memory.tell(id, secret(sealed, Origin::KeptOnMac, proved_at));
            memory.in_vault = Some(password.id.clone());
        })
    }

    /// Tells the vault something that is about no version.
    pub(super) fn tell(&self, id: EscrowMessageId, told: Told) -> io::Result<()> {
        self.memory.change(|memory| memory.tell(id, told))
    }

    /// The password in force, where the vault neither has it nor has it on the way, and may be told.
    pub(super) fn untold(&self, now: Timestamp) -> io::Result<Option<Password>> {
        let memory = self.memory.get();
        let may = memory.work.is_none() && memory.not_told_before.is_none_or(|at| at <= now);
        let current = self.passwords.get(Slot::Current)?;
        Ok(current.filter(|current| may && !memory.is_lost && memory.in_vault.as_ref() != Some(&current.id)))
    }
}

impl Memory {
    /// Whether the message of what was begun has not reached the vault, so that it can still say what is known now.
    fn is_unsent(&self, work: &Work) -> bool {
        self.outbox.iter().any(|message| message.id == work.message)
    }

    fn prove_unsent(&mut self, at: Option<Timestamp>) {
        let Some(id) = self.work.as_ref().map(|work| work.message) else {
            return;
        };
        for message in &mut self.outbox {
            if let Told::Secret { proved_at, .. } = &mut message.told
                && message.id == id
            {
                *proved_at = at;
            }
        }
    }
}

fn secret(sealed: Sealed, origin: Origin, proved_at: Option<Timestamp>) -> Told {
    Told::Secret {
        sealed,
        origin,
        proved_at,
    }
}

#[cfg(test)]
mod tests {
    use trust::local_administrator::Alphabet;

    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn settings(name: &str) -> Settings {
        Settings {
            account: name.parse().unwrap(),
            full_name: "Local Administrator".parse().unwrap(),
            hidden: false,
            length: 20,
            alphabet: Alphabet::default(),
            rotate_every_days: 30,
        }
    }

    #[test]
    fn only_what_failed_waits() {
        let mut memory = Memory::default();
        assert!(!memory.is_barred(&settings("one"), NOW));
        memory.failed(&settings("one"), Timestamp(2_000));
        assert!(memory.is_barred(&settings("one"), NOW));
        assert!(!memory.is_barred(&settings("another"), NOW));
        assert!(
            !memory.is_barred(&settings("one"), Timestamp(2_000)),
            "its time has come"
        );
    }

    #[test]
    fn the_memory_of_an_agent_that_did_not_note_what_failed_is_read_and_waits() {
        let older =
            r#"{"outbox":[],"account":null,"work":null,"rewrapped":2,"not_before":2000,"taken":"stan"}"#;
        let memory: Memory = serde_json::from_str(older).unwrap();
        assert_eq!((memory.rewrapped, memory.failed_for.clone()), (2, None));
        assert!(memory.is_barred(&settings("one"), NOW));
    }
}
