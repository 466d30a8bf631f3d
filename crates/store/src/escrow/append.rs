//! What an agent tells the vault.

use sqlx::AnyConnection;
use trust::escrow::{Origin, Standing, What};
use trust::id::{DeviceId, EscrowMessageId};
use trust::time::Timestamp;

use super::data_key::{self, WrappedKey};
use super::read::{admitted_in, read_in, version_of_message_in};
use super::{Line, NewEvent, add_all_in, add_in};
use crate::actor::Actor;
use crate::{Result, Store};

/// A message of an agent.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// The line that it is about.
    pub line: Line<'a>,
    /// The device whose agent tells.
    pub device_id: DeviceId,
    /// The message's id.
    pub id: EscrowMessageId,
    /// What it tells.
    pub told: Told,
    /// When it came.
    pub at: Timestamp,
}

/// What a message tells.
#[derive(Debug, Clone)]
pub enum Told {
    /// A new version.
    Secret(NewSecret),
    /// The current version, told again.
    SameAgain {
        /// When it was proved to open the disk.
        proved_at: Option<Timestamp>,
    },
    /// What happened to a version, or to the line.
    Happened {
        /// What.
        what: What,
        /// To which version.
        version: Option<u32>,
        /// When.
        at: Timestamp,
    },
}

/// A version, encrypted.
#[derive(Debug, Clone)]
pub struct NewSecret {
    /// Where it came from.
    pub origin: Origin,
    /// When it was proved to open the disk.
    pub proved_at: Option<Timestamp>,
    /// The secret, encrypted with its data key.
    pub ciphertext: Vec<u8>,
    /// The data key, wrapped.
    pub data_key: WrappedKey,
}

/// What came of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It is kept.
    Kept {
        /// The version that it is about.
        version: Option<u32>,
        /// Where the line stands now.
        standing: Standing,
    },
    /// The same message was kept before.
    Before {
        /// The version that it is about.
        version: Option<u32>,
    },
    /// It is about a version that there is not. Nothing was changed.
    NoSuchVersion,
    /// The device waits for approval, or another one has taken its place. Nothing was changed.
    NotAdmitted,
}

/// Keeps a message, once however often it comes.
pub async fn append(store: &Store, new: &NewMessage<'_>) -> Result<Appended> {
    store.write(new, |tx, new| Box::pin(append_in(tx, new))).await
}

async fn append_in(tx: &mut AnyConnection, new: &NewMessage<'_>) -> Result<Appended> {
    if !admitted_in(tx, new.device_id).await? {
        return Ok(Appended::NotAdmitted);
    }
    if let Some(version) = version_of_message_in(tx, new.device_id, new.id).await? {
        return Ok(Appended::Before { version });
    }
    let line = new.line;
    let before = read_in(tx, line).await?;
    let actor = Actor::Device(new.device_id);
    let event = |what, version, origin, at, message_id| NewEvent {
        what,
        version,
        origin,
        at,
        actor: &actor,
        device_id: new.device_id,
        message_id,
        reason: None,
    };
    let first = match &new.told {
        Told::Secret(secret) => {
            let version = before.standing.latest.checked_add(1);
            event(What::Escrowed, version, Some(secret.origin), new.at, Some(new.id))
        }
        Told::SameAgain { proved_at } => match proved_at {
            Some(at) => event(What::Proved, before.standing.current, None, *at, Some(new.id)),
            // Nothing is known by it that was not known.
            None => return Ok(kept(before.standing.current, before.standing)),
        },
        Told::Happened { what, version, at } => event(*what, *version, None, *at, Some(new.id)),
    };
    let version = first.version;
    let (Told::Secret(secret), Some(number)) = (&new.told, version) else {
        let after = add_in(tx, line, before, &first).await?;
        return Ok(after.map_or(Appended::NoSuchVersion, |after| kept(version, after.standing)));
    };
    let proved = secret
        .proved_at
        .map(|at| event(What::Proved, version, None, at, None));
    let events: Vec<NewEvent<'_>> = [Some(first), proved].into_iter().flatten().collect();
    let Some(after) = add_all_in(tx, line, before, &events).await? else {
        return Ok(Appended::NoSuchVersion);
    };
    insert_version_in(tx, line, number, (new.device_id, new.id), secret).await?;
    Ok(kept(version, after.standing))
}

/// Adds the row of a version, which `device_id` and `message_id` brought, as part of a transaction.
pub(super) async fn insert_version_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    number: u32,
    (device_id, message_id): (DeviceId, EscrowMessageId),
    secret: &NewSecret,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO escrow_version (organization_id, serial_number, kind, version, device_id, message_id, ciphertext) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(i64::from(number))
    .bind(device_id.to_string())
    .bind(message_id.to_string())
    .bind(secret.ciphertext.clone())
    .execute(&mut *tx)
    .await?;
    data_key::insert_in(tx, line, number, &secret.data_key).await
}

fn kept(version: Option<u32>, standing: Standing) -> Appended {
    Appended::Kept { version, standing }
}
