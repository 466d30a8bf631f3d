//! What the agent remembers of the recovery key. Nothing in it can be read by the agent: keys are sealed to the vault.

use std::io;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use trust::escrow::{EscrowKind, Origin};
use trust::id::{ActionId, DeviceId, EscrowMessageId, OrganizationId};
use trust::time::Timestamp;
use wire::escrow::{Escrow, EscrowTerms, Told};
use wire::seal::{SealError, Sealed, seal};

use crate::kept::Kept;
use crate::paths::Paths;
use crate::service_account::Custody;

/// The kind that all this is about.
const KIND: EscrowKind = EscrowKind::PersonalRecoveryKey;

/// What is remembered, and where macOS leaves a key. Clones share it.
#[derive(Debug, Clone)]
pub struct Keeper {
    pub(crate) memory: Kept<Memory>,
    /// Where macOS leaves a key for an escrow profile; `None` where there is no file system.
    pub(super) file: Option<PathBuf>,
}

/// What is remembered over restarts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// How to escrow, and as whom; `None` before the server has told.
    pub vault: Option<Vault>,
    /// What the vault has not acknowledged, the oldest first.
    pub outbox: Vec<Escrow>,
    /// The rotation that was begun and is not known to have ended.
    pub work: Option<Work>,
    /// The order whose rotation ended with a key that is proved.
    pub done: Option<ActionId>,
    /// A rotation of ours has left the Mac with a key that is lost, or was never proved.
    pub owes_a_key: bool,
    /// The agent by itself does not try before this.
    pub not_before: Option<Timestamp>,
    /// Which content of macOS's file was last sent, and to which key of the vault.
    pub file_sent: Option<String>,
}

/// The vault that the Mac escrows to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// As whom the Mac escrows.
    pub device_id: DeviceId,
    /// How.
    pub terms: EscrowTerms,
}

/// A rotation that has begun.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The order that asked for it; `None` when nobody did.
    pub ordered_by: Option<ActionId>,
    /// The message with the key that it made, as soon as that is sealed. The key is not proved.
    pub sealed: Option<EscrowMessageId>,
}

impl Memory {
    fn tell(&mut self, id: EscrowMessageId, told: Told) {
        self.outbox.push(Escrow { id, kind: KIND, told });
    }

    /// The Mac has a key that the vault does not, by a rotation of ours.
    pub(super) fn lose_the_key(&mut self, id: EscrowMessageId) {
        self.owes_a_key = true;
        self.tell(id, Told::KeyUnknown);
    }
}

impl Keeper {
    /// What an earlier run left behind.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn open(paths: &Paths) -> io::Result<Self> {
        Ok(Self {
            memory: Kept::open(paths.recovery_key())?,
            file: Some(paths.escrow_file()),
        })
    }

    /// A keeper in memory, on a Mac without files.
    pub fn in_memory() -> Self {
        Self {
            memory: Kept::in_memory(),
            file: None,
        }
    }

    /// What is remembered, as it stands on the disk.
    pub fn remembered(&self) -> Memory {
        self.memory.get()
    }

    /// Escrows so from now on.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn obey(&self, vault: Vault) -> io::Result<()> {
        self.memory.change(|memory| memory.vault = Some(vault))
    }

    /// The Mac was enrolled anew: what was sealed as another device is of no use to anybody.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn enrolled(&self) -> io::Result<()> {
        self.memory.change(|memory| {
            let loses_a_key = memory.outbox.iter().any(carries_a_key);
            *memory = Memory {
                work: memory.work.take(),
                owes_a_key: memory.owes_a_key || loses_a_key,
                ..Memory::default()
            };
        })
    }
}

/// Whether a message carries a key that is kept nowhere else.
fn carries_a_key(message: &Escrow) -> bool {
    matches!(message.told, Told::Secret { .. })
}

impl Custody {
    /// The oldest message that the vault has not acknowledged.
    pub fn next_to_escrow(&self) -> Option<Escrow> {
        self.recovery_key.remembered().outbox.into_iter().next()
    }

    /// The vault has kept a message, or will never open it. A key that it will not open is lost: the agent cannot read it either.
    ///
    /// # Errors
    /// When that could not be kept. The message is sent again then.
    pub fn escrowed(&self, id: EscrowMessageId, is_kept: bool) -> io::Result<()> {
        let unknown = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| {
            let is_it = |message: &Escrow| message.id == id;
            let is_lost = !is_kept && memory.outbox.iter().any(|it| is_it(it) && carries_a_key(it));
            memory.outbox.retain(|message| !is_it(message));
            if is_lost {
                memory.lose_the_key(unknown);
            }
        })
    }

    /// Puts a message where it is sent from.
    pub(super) fn tell_vault(&self, told: Told) -> io::Result<()> {
        let id = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| memory.tell(id, told))
    }

    /// A key, sealed for the message of this id.
    pub(super) fn seal_key(
        &self,
        vault: &Vault,
        id: EscrowMessageId,
        key: &SecretString,
    ) -> Result<Sealed, SealError> {
        let bound_to = Escrow::associated_data(vault.organization_id, vault.device_id, KIND, id);
        let to = &vault.terms.vault_key;
        self.with_random(|mut random| seal(to, key, &bound_to, &mut random))
    }

    /// Keeps a new key, sealed, to be sent. It is not proved.
    pub(super) fn keep_sealed(&self, id: EscrowMessageId, sealed: Sealed) -> io::Result<()> {
        self.recovery_key.memory.change(|memory| {
            let told = Told::Secret {
                sealed,
                origin: Origin::Rotation,
                proved_at: None,
            };
            memory.tell(id, told);
            if let Some(work) = &mut memory.work {
                work.sealed = Some(id);
            }
        })
    }

    /// The key of this message opens the disk: the rotation is over.
    pub(super) fn prove_sealed(&self, id: EscrowMessageId, at: Timestamp) -> io::Result<()> {
        self.recovery_key.memory.change(|memory| {
            for message in &mut memory.outbox {
                if let Told::Secret { proved_at, .. } = &mut message.told
                    && message.id == id
                {
                    *proved_at = Some(at);
                }
            }
            memory.done = memory.work.take().and_then(|work| work.ordered_by);
            (memory.owes_a_key, memory.not_before) = (false, None);
        })
    }

    /// The rotation that an earlier run began and did not end: what it made is lost, or not proved.
    ///
    /// # Errors
    /// When it could not be kept.
    pub(super) fn settle(&self) -> io::Result<Option<Work>> {
        let Some(work) = self.recovery_key.remembered().work else {
            return Ok(None);
        };
        let id = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| {
            memory.work = None;
            match work.sealed {
                Some(_) => memory.owes_a_key = true,
                None => memory.lose_the_key(id),
            }
        })?;
        Ok(Some(work))
    }
}
