//! A Mac as each of its management requests needs it: one read, by the key of its certificate.

use sqlx::any::AnyRow;
use trust::id::{DeviceId, MdmEnrolmentId, OrganizationId};
use trust::mdm_enrolment::State;
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// The Mac of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallingMac {
    /// Its organisation.
    pub organization_id: OrganizationId,
    /// Its enrolment.
    pub enrolment_id: MdmEnrolmentId,
    /// Where that has come to.
    pub state: State,
    /// The serial number that it is for.
    pub serial_number: String,
    /// The hardware UUID that it is for.
    pub hardware_uuid: String,
    /// The device of this serial number.
    pub device_id: DeviceId,
    /// When the certificate was made.
    pub issued_at: Timestamp,
}

/// The Mac of the certificate with this SHA-256. A Mac of which there is no approved device has no place here.
pub async fn find_calling(store: &Store, certificate: &str) -> Result<Option<CallingMac>> {
    let row = sqlx::query(
        "SELECT mdm_enrolment.*, issued_at, device.id AS device_id FROM mdm_identity \
         JOIN mdm_enrolment ON mdm_enrolment.id = mdm_identity.enrolment_id \
         JOIN device ON device.organization_id = mdm_enrolment.organization_id \
         AND device.serial_number = mdm_enrolment.serial_number AND pending = 0 AND replaced_by IS NULL \
         WHERE certificate = $1",
    )
    .bind(certificate)
    .fetch_optional(store.readers())
    .await?;
    row.as_ref().map(read).transpose()
}

/// Forgets the certificates of an enrolment that were made before the one by which the Mac speaks now: it was renewed.
pub async fn renewed(store: &Store, mac: &CallingMac) -> Result<u64> {
    let row =
        sqlx::query("SELECT COUNT(*) AS older FROM mdm_identity WHERE enrolment_id = $1 AND issued_at < $2")
            .bind(mac.enrolment_id.to_string())
            .bind(mac.issued_at.as_millis())
            .fetch_one(store.readers())
            .await?;
    if Row::new("mdm_identity", &row).count("older")? == 0 {
        return Ok(0);
    }
    store
        .write(mac, |tx, mac| {
            Box::pin(async move {
                let done = sqlx::query("DELETE FROM mdm_identity WHERE enrolment_id = $1 AND issued_at < $2")
                    .bind(mac.enrolment_id.to_string())
                    .bind(mac.issued_at.as_millis())
                    .execute(tx)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
}

fn read(row: &AnyRow) -> Result<CallingMac> {
    let row = Row::new("mdm_enrolment", row);
    Ok(CallingMac {
        organization_id: row.id("organization_id")?,
        enrolment_id: row.id("id")?,
        state: row.word("state", State::from_word)?,
        serial_number: row.text("serial_number")?,
        hardware_uuid: row.text("hardware_uuid")?,
        device_id: row.id("device_id")?,
        issued_at: row.time("issued_at")?,
    })
}
