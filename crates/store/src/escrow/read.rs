//! Reading lines of versions.

use sqlx::AnyConnection;
use trust::escrow::{Event, Origin, Standing, State, What};
use trust::id::{DeviceId, EscrowMessageId};

use super::data_key::WrappedKey;
use super::{Line, Read};
use crate::row::Row;
use crate::{Result, Store};

/// A version as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSecret {
    /// The device that escrowed it.
    pub device_id: DeviceId,
    /// The message that brought it.
    pub message_id: EscrowMessageId,
    /// The secret, encrypted with its data key.
    pub ciphertext: Vec<u8>,
    /// The data key, wrapped.
    pub data_key: WrappedKey,
}

/// Where a line stands.
pub async fn standing(store: &Store, line: Line<'_>) -> Result<Standing> {
    let mut reader = store.readers().acquire().await?;
    Ok(read_in(&mut reader, line).await?.standing)
}

/// Everything that happened to a line, in order.
pub async fn history(store: &Store, line: Line<'_>) -> Result<Vec<Event>> {
    let rows = sqlx::query(
        "SELECT * FROM escrow_event WHERE organization_id = $1 AND serial_number = $2 AND kind = $3 ORDER BY seq",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("escrow_event", row);
            Ok(Event {
                what: row.word("what", What::from_word)?,
                version: row.optional_small("version")?,
                origin: row.optional_word("origin", Origin::from_word)?,
                at: row.time("at")?,
                by: row.text("actor")?,
                reason: row.optional_text("reason")?,
            })
        })
        .collect()
}

/// A version of a line.
pub async fn find_secret(store: &Store, line: Line<'_>, version: u32) -> Result<Option<KeptSecret>> {
    let row = sqlx::query(
        "SELECT escrow_version.*, wrapping_key, wrapped FROM escrow_version \
         JOIN escrow_data_key ON escrow_data_key.organization_id = escrow_version.organization_id \
         AND escrow_data_key.serial_number = escrow_version.serial_number \
         AND escrow_data_key.kind = escrow_version.kind AND escrow_data_key.version = escrow_version.version \
         WHERE escrow_version.organization_id = $1 AND escrow_version.serial_number = $2 \
         AND escrow_version.kind = $3 AND escrow_version.version = $4",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(i64::from(version))
    .fetch_optional(store.readers())
    .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("escrow_version", row);
            Ok(KeptSecret {
                device_id: row.id("device_id")?,
                message_id: row.id("message_id")?,
                ciphertext: row.bytes("ciphertext")?,
                data_key: WrappedKey {
                    wrapping_key: row.text("wrapping_key")?,
                    wrapped: row.bytes("wrapped")?,
                },
            })
        })
        .transpose()
}

pub(super) async fn read_in(connection: &mut AnyConnection, line: Line<'_>) -> Result<Read> {
    let row = sqlx::query(
        "SELECT * FROM escrow_standing WHERE organization_id = $1 AND serial_number = $2 AND kind = $3",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        return Ok(Read {
            standing: Standing::default(),
            events: 0,
            device_id: None,
        });
    };
    let row = Row::new("escrow_standing", &row);
    Ok(Read {
        standing: read_standing(row)?,
        events: row.number("events")?,
        device_id: Some(row.id("device_id")?),
    })
}

/// Where a line stands, of its row.
pub(super) fn read_standing(row: Row<'_>) -> Result<Standing> {
    Ok(Standing {
        state: row.word("state", State::from_word)?,
        latest: row.small("latest")?,
        current: row.optional_small("current_version")?,
        current_since: row.optional_time("current_since")?,
        proved_at: row.optional_time("proved_at")?,
        rotate_after: row.optional_time("rotate_after")?,
        forgotten_at: row.optional_time("forgotten_at")?,
        held_since: row.optional_time("held_since")?,
        destroyed: row.small("destroyed")?,
    })
}

/// Where the line of a device's recovery key stands, as far as its agent acts by it: of a row that has joined it.
pub(crate) fn read_terms_of_device(row: Row<'_>) -> Result<Standing> {
    Ok(Standing {
        state: row
            .optional_word("escrow_state", State::from_word)?
            .unwrap_or_default(),
        current: row.optional_small("current_version")?,
        current_since: row.optional_time("current_since")?,
        proved_at: row.optional_time("proved_at")?,
        rotate_after: row.optional_time("rotate_after")?,
        ..Standing::default()
    })
}

/// Whether what the device tells is kept.
pub(super) async fn admitted_in(connection: &mut AnyConnection, id: DeviceId) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM device WHERE id = $1 AND pending = 0 AND replaced_by IS NULL")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Which version a message was about that was kept before; `None` when it was not.
pub(super) async fn version_of_message_in(
    connection: &mut AnyConnection,
    device_id: DeviceId,
    id: EscrowMessageId,
) -> Result<Option<Option<u32>>> {
    let row = sqlx::query("SELECT version FROM escrow_event WHERE device_id = $1 AND message_id = $2")
        .bind(device_id.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref()
        .map(|row| Row::new("escrow_event", row).optional_small("version"))
        .transpose()
}
