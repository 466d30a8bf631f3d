//! What the agent remembers of the vault and of the recovery key. Nothing in it can be read by the agent: keys are sealed to the
//! vault.

use std::io;
use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use trust::escrow::{EscrowKind, Origin, State};
use trust::id::{ActionId, DeviceId, EscrowMessageId, OrganizationId};
use trust::time::Timestamp;
use wire::encoding::Bytes;
use wire::escrow::{Escrow, EscrowTerms, RecoveryKeyTerms, Told};
use wire::seal::{SealError, Sealed, seal};

use crate::kept::Kept;
use crate::paths::Paths;
use crate::service_account::Custody;

/// The kind that all this is about.
pub(super) const KIND: EscrowKind = EscrowKind::PersonalRecoveryKey;

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
    /// The message with the file in which macOS has left that key: once the vault opens it, no other key is owed.
    pub mending: Option<EscrowMessageId>,
    /// The version that the vault made of it. It was not tried yet.
    pub mended: Option<u32>,
    /// The agent by itself does not try before this.
    pub not_before: Option<Timestamp>,
    /// When a key that the vault keeps was last tried.
    pub proof_tried_at: Option<Timestamp>,
    /// Its version.
    pub proof_tried: Option<u32>,
    /// When macOS was started that the disk was opened for with the recovery key, as the vault was told.
    pub use_told: Option<Timestamp>,
    /// Which content of macOS's file was last sent, and to which key of the vault.
    pub file_sent: Option<String>,
    /// A key, or that it is not known, was told to the vault, or it has opened macOS's file. What its terms say of a Mac that told nothing is out of date then.
    pub has_told: bool,
    /// The version of the last key that the vault acknowledged.
    pub acknowledged: Option<u32>,
    /// The vault refused the last key that it was sent.
    pub was_refused: bool,
    /// The wish of the vault's that the last rotation fulfilled.
    pub fulfilled: Option<Timestamp>,
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

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// The vault keeps what it told, as this version where it was about one.
    Kept {
        /// Which.
        version: Option<u32>,
    },
    /// The vault will never open it.
    Refused,
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
        self.has_told |= matches!(told, Told::Secret { .. } | Told::KeyUnknown);
        self.outbox.push(Escrow { id, kind: KIND, told });
    }

    /// Whether the vault has a wish that no rotation has fulfilled yet.
    pub(super) fn is_asked(&self) -> bool {
        let asked = self
            .vault
            .as_ref()
            .and_then(|vault| vault.terms.recovery_key.rotate_after);
        asked.is_some() && asked != self.fulfilled
    }

    /// Whether another key is to be made in the place of one that a rotation of ours has lost.
    pub(super) fn is_owed(&self) -> bool {
        self.owes_a_key && self.mending.is_none()
    }

    /// Whether what macOS has left in its file is on its way to the vault.
    pub(super) fn sends_a_file(&self) -> bool {
        self.outbox.iter().any(carries_a_file)
    }

    /// Whether the vault has forgotten the last key that it acknowledged: an older copy of it was put back.
    fn is_forgotten_by(&self, terms: &RecoveryKeyTerms) -> bool {
        match (self.acknowledged, terms.version) {
            (Some(ours), Some(theirs)) => theirs < ours,
            (Some(_), None) => terms.state == State::Empty,
            (None, _) => false,
        }
    }

    /// The Mac has a key that the vault does not, by a rotation of ours.
    pub(super) fn lose_the_key(&mut self, id: EscrowMessageId) {
        self.owes_a_key = true;
        (self.mending, self.mended) = (None, None);
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
}

/// Whether a message carries a secret: a key that is kept nowhere else, or a password.
pub(crate) fn carries_a_secret(message: &Escrow) -> bool {
    matches!(message.told, Told::Secret { .. })
}

/// Whether a message carries what macOS has left in its file.
fn carries_a_file(message: &Escrow) -> bool {
    matches!(message.told, Told::EscrowFile { .. })
}

impl Custody {
    /// Whether a key or a password waits to be sent that is kept nowhere else once the agent is gone.
    pub fn holds_an_unsent_secret(&self) -> bool {
        let holds_a_key = self.recovery_key.remembered().outbox.iter().any(carries_a_secret);
        holds_a_key || self.local_administrator.holds_an_unsent_password()
    }

    /// A message that the vault has not acknowledged: of those about one kind, the oldest.
    pub fn next_to_escrow(&self) -> Option<Escrow> {
        let about_the_key = self.recovery_key.remembered().outbox.into_iter().next();
        about_the_key.or_else(|| self.local_administrator.next_to_escrow())
    }

    /// Escrows so from now on. A vault that has lost a key which it acknowledged is told that it does not know the Mac's.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn obey_vault(&self, vault: Vault) -> io::Result<()> {
        self.local_administrator.obey_vault(&vault.terms)?;
        let unknown = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| {
            if memory.is_forgotten_by(&vault.terms.recovery_key) {
                memory.acknowledged = None;
                memory.lose_the_key(unknown);
            }
            memory.vault = Some(vault);
        })
    }

    /// The Mac was enrolled, as this device. What was sealed as another one is of no use to anybody.
    ///
    /// # Errors
    /// When it could not be kept.
    pub(crate) fn escrows_as(&self, organization_id: OrganizationId, device_id: DeviceId) -> io::Result<()> {
        let before = self.recovery_key.remembered().vault;
        if before.is_some_and(|it| (it.organization_id, it.device_id) == (organization_id, device_id)) {
            return Ok(());
        }
        self.local_administrator.escrows_anew()?;
        let unknown = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| {
            let loses_a_key = memory.outbox.iter().any(carries_a_secret);
            let is_unknown = memory
                .outbox
                .iter()
                .any(|message| message.told == Told::KeyUnknown);
            *memory = Memory {
                work: memory.work.take(),
                owes_a_key: memory.owes_a_key,
                ..Memory::default()
            };
            if loses_a_key {
                memory.lose_the_key(unknown);
            } else if is_unknown {
                memory.tell(unknown, Told::KeyUnknown);
            }
        })
    }

    /// What became of a message. A key that the vault will not open is lost: the agent cannot read it either. Where that happens
    /// twice in a row, another key would fare no better, and the next try waits.
    ///
    /// # Errors
    /// When that could not be kept. The message is sent again then.
    pub fn escrowed(&self, id: EscrowMessageId, receipt: Receipt, next_try: Timestamp) -> io::Result<()> {
        self.local_administrator.escrowed(id, receipt, next_try)?;
        let unknown = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| {
            let is_it = |message: &Escrow| message.id == id;
            let carried_a_key = memory.outbox.iter().any(|it| is_it(it) && carries_a_secret(it));
            let carried_a_file = memory.outbox.iter().any(|it| is_it(it) && carries_a_file(it));
            memory.outbox.retain(|message| !is_it(message));
            memory.has_told |= carried_a_file && receipt != Receipt::Refused;
            let mended = memory.mending.take_if(|mending| *mending == id).is_some();
            match receipt {
                Receipt::Kept { version } if mended => {
                    (memory.owes_a_key, memory.mended) = (false, version);
                }
                Receipt::Kept { version } if carried_a_key => {
                    memory.acknowledged = version.or(memory.acknowledged);
                    (memory.was_refused, memory.not_before) = (false, None);
                }
                Receipt::Refused if carried_a_key => {
                    if memory.was_refused {
                        memory.not_before = Some(next_try);
                    }
                    memory.was_refused = true;
                    memory.lose_the_key(unknown);
                }
                Receipt::Kept { .. } | Receipt::Refused => {}
            }
        })
    }

    /// Puts a message where it is sent from.
    pub(super) fn tell_vault(&self, told: Told) -> io::Result<()> {
        let id = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| memory.tell(id, told))
    }

    /// Puts what macOS has left in its file where it is sent from, and notes which content that was. Where a rotation of ours has
    /// lost its key, that is the key, unless macOS has made none: then the content is no other than before.
    pub(super) fn tell_file(&self, cms: Vec<u8>, content: String) -> io::Result<()> {
        let id = self.escrow_message_id();
        self.recovery_key.memory.change(|memory| {
            memory.tell(id, Told::EscrowFile { cms: Bytes(cms) });
            memory.file_sent = Some(content);
            memory.mending = memory.owes_a_key.then_some(id);
        })
    }

    /// A secret, sealed for the message of this id.
    pub(crate) fn seal_for_vault(
        &self,
        vault: &Vault,
        kind: EscrowKind,
        id: EscrowMessageId,
        secret: &SecretString,
    ) -> Result<Sealed, SealError> {
        let bound_to = Escrow::associated_data(vault.organization_id, vault.device_id, kind, id);
        let to = &vault.terms.vault_key;
        self.with_random(|mut random| seal(to, secret, &bound_to, &mut random))
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
            let asked = memory
                .vault
                .as_ref()
                .and_then(|vault| vault.terms.recovery_key.rotate_after);
            memory.fulfilled = asked.or(memory.fulfilled);
            memory.owes_a_key = false;
            (memory.mending, memory.mended) = (None, None);
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
