//! A device as each request of its agent needs it. Most of these requests read nothing else.

use trust::id::DeviceId;

use super::{Device, read};
use crate::row::Row;
use crate::{Result, Store};

/// The device of an agent that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calling {
    /// The device.
    pub device: Device,
    /// Whether any of its actions has not ended.
    pub has_open_actions: bool,
}

/// The device of this id, in whichever organisation; devices that were replaced are left out.
pub async fn find_calling(store: &Store, id: DeviceId) -> Result<Option<Calling>> {
    let row = sqlx::query(
        "SELECT device.*, CASE WHEN EXISTS (SELECT 1 FROM action WHERE action.device_id = device.id \
         AND action.state IN ('queued', 'offered', 'running')) THEN 1 ELSE 0 END AS has_open_actions \
         FROM device WHERE id = $1 AND replaced_by IS NULL",
    )
    .bind(id.to_string())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref()
        .map(|row| {
            Ok(Calling {
                device: read(row)?,
                has_open_actions: Row::new("device", row).flag("has_open_actions")?,
            })
        })
        .transpose()
}
