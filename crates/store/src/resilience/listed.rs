//! Lists of devices by what hangs by a thread on them, and by their score.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::resilience::Warning;

use super::KeptResilience;
use crate::Result;

/// How well devices stand that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Only those with this warning.
    pub warning: Option<Warning>,
    /// Only those whose score lies in this band: its lowest and its highest score.
    pub band: Option<(u8, u8)>,
}

impl Standing {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a device is listed under that fits, the narrower first; what is not asked for is empty.
    pub(crate) fn listed_under(&self) -> [String; 2] {
        let warning = self.warning.map(under_warning);
        let band = self.band.map(under_band);
        match (warning, band) {
            (Some(warning), band) => [warning, band.unwrap_or_default()],
            (None, band) => [band.unwrap_or_default(), String::new()],
        }
    }
}

pub(super) fn under_warning(warning: Warning) -> String {
    format!("warning:{}", warning.word())
}

pub(super) fn under_band((from, to): (u8, u8)) -> String {
    format!("band:{from}-{to}")
}

/// Lists a device under what is kept of it now, as part of a transaction. Its row is up to date.
pub(super) async fn list_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    device_id: DeviceId,
    new: &KeptResilience,
) -> Result<()> {
    unlist_in(tx, device_id).await?;
    for what in new.listed_under() {
        sqlx::query(
            "INSERT INTO resilience_listed (organization_id, device_id, what, sort_name) \
             SELECT $1, $2, $3, device.sort_name FROM device WHERE device.id = $2",
        )
        .bind(organization_id.to_string())
        .bind(device_id.to_string())
        .bind(what)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Lists a device under nothing, as part of a transaction.
pub(super) async fn unlist_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<()> {
    sqlx::query("DELETE FROM resilience_listed WHERE device_id = $1")
        .bind(device_id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
