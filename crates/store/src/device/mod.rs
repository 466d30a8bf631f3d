//! Devices: who they are, their keys, and what is copied from their last observation for lists.

mod approve;
mod calling;
mod forget;
mod list;
mod needing;
mod person;
mod seen;
#[cfg(test)]
pub(crate) mod testing;
mod words;

pub use approve::{Approval, Approved, approve};
pub use calling::{Calling, LocalAdministrator, find_calling};
pub use forget::{Forget, Forgotten, forget};
pub use list::{Page, list};
pub use needing::Needing;
pub use person::{has_enrolled, of_serial_number};
pub(crate) use person::{of_serial_number_in, set_person_in};
pub use seen::{set_agent_version, touch};
pub(crate) use words::index_in;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::attention::{Mute, Owner};
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;
use wire::encoding::Bytes;
use wire::identity::DevicePublicKey;
use wire::seal::SealingPublicKey;

use crate::attention::KeptAttention;
use crate::finding::{EASILY_RECOVERED, FindingCounts};
use crate::row::Row;
use crate::{Result, Store};

/// One enrolled Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its organisation.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: DeviceId,
    /// The computer's name at enrolment.
    pub name: String,
    /// Serial number.
    pub serial_number: String,
    /// The platform UUID, upper case.
    pub hardware_uuid: String,
    /// Version of its agent.
    pub agent_version: String,
    /// The key that it signs with.
    pub signing_key: DevicePublicKey,
    /// The key that secrets for it are sealed to.
    pub sealing_key: SealingPublicKey,
    /// Whether it waits for an administrator's approval.
    pub pending: bool,
    /// The device that took its place, when one did. Such a device is only history.
    pub replaced_by: Option<DeviceId>,
    /// When it enrolled first.
    pub enrolled_at: Timestamp,
    /// When its agent was last heard of, as far as that was written.
    pub last_seen_at: Option<Timestamp>,
    /// What is copied from its last observation; `None` when there was none.
    pub observed: Option<Observed>,
    /// How many findings its last observation has.
    pub findings: FindingCounts,
    /// How its service account stands: the word of its status.
    pub service_account: String,
    /// Whether an invalid one can be had back without a visit.
    pub easily_recovered: bool,
    /// Why it needs attention.
    pub attention: KeptAttention,
    /// What of that is muted, and what was.
    pub mutes: Vec<Mute>,
    /// Who sees to it.
    pub owner: Option<Owner>,
}

/// What is copied from a device's last observation, for lists, filters and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// When the server got it.
    pub at: Timestamp,
    /// Its digest.
    pub digest: String,
    /// What can be told in a line.
    pub summary: Summary,
}

/// An observation in a line. The words are those of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Model identifier.
    pub model: Option<String>,
    /// Processor family.
    pub chip: Option<String>,
    /// Version of macOS.
    pub os_version: Option<String>,
    /// Build of macOS.
    pub os_build: Option<String>,
    /// How the boot volume is formatted.
    pub volume_format: Option<String>,
    /// Whether the disk is encrypted.
    pub filevault: Option<String>,
    /// What the chain of trust is worth.
    pub chain: String,
    /// How many accounts hold a token.
    pub holders: u64,
    /// How many accounts there are.
    pub accounts: u64,
}

/// The word that stands for the chain of a device that was never observed.
pub const NOT_OBSERVED: &str = "not_observed";

/// The device of this id, in whichever organisation; devices that were replaced are left out.
pub async fn find(store: &Store, id: DeviceId) -> Result<Option<Device>> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, id).await
}

/// The device of this id in the organisation; devices that were replaced are left out.
pub async fn find_of(store: &Store, organization_id: OrganizationId, id: DeviceId) -> Result<Option<Device>> {
    let found = find(store, id).await?;
    Ok(found.filter(|device| device.organization_id == organization_id))
}

/// Approved devices of the organisation that have this serial number or this hardware UUID.
pub async fn known(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &str,
    hardware_uuid: &str,
) -> Result<Vec<DeviceId>> {
    let rows = sqlx::query(
        "SELECT id FROM device WHERE organization_id = $1 AND pending = 0 AND replaced_by IS NULL \
         AND serial_number = $2 UNION \
         SELECT id FROM device WHERE organization_id = $1 AND pending = 0 AND replaced_by IS NULL \
         AND hardware_uuid = $3 ORDER BY id",
    )
    .bind(organization_id.to_string())
    .bind(serial_number)
    .bind(hardware_uuid)
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(|row| Row::new("device", row).id("id")).collect()
}

pub(crate) async fn find_in(connection: &mut AnyConnection, id: DeviceId) -> Result<Option<Device>> {
    let row = sqlx::query("SELECT * FROM device WHERE id = $1 AND replaced_by IS NULL")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Device> {
    let row = Row::new("device", row);
    Ok(Device {
        organization_id: row.id("organization_id")?,
        id: row.id("id")?,
        name: row.text("name")?,
        serial_number: row.text("serial_number")?,
        hardware_uuid: row.text("hardware_uuid")?,
        agent_version: row.text("agent_version")?,
        signing_key: DevicePublicKey(row.word("signing_key", key)?),
        sealing_key: SealingPublicKey(row.word("sealing_key", key)?),
        pending: row.flag("pending")?,
        replaced_by: row.optional_id("replaced_by")?,
        enrolled_at: row.time("enrolled_at")?,
        last_seen_at: row.optional_time("last_seen_at")?,
        observed: observed(row)?,
        findings: FindingCounts {
            critical: row.count("critical_findings")?,
            problem: row.count("problem_findings")?,
            advice: row.count("advice_findings")?,
        },
        service_account: row.text("service_account")?,
        easily_recovered: row.text("service_account_class")? == EASILY_RECOVERED,
        attention: row.json("attention")?,
        mutes: row.json("mutes")?,
        owner: match row.text("owner")?.as_str() {
            "" => None,
            owner => Some(owner.parse().map_err(|_| row.inconsistent("owner"))?),
        },
    })
}

fn key(text: &str) -> Option<Bytes> {
    Bytes::from_text(text).ok()
}

fn observed(row: Row<'_>) -> Result<Option<Observed>> {
    let (Some(at), Some(digest)) = (
        row.optional_time("observed_at")?,
        row.optional_text("observation_digest")?,
    ) else {
        return Ok(None);
    };
    let summary = Summary {
        model: row.optional_text("model")?,
        chip: row.optional_text("chip")?,
        os_version: row.optional_text("os_version")?,
        os_build: row.optional_text("os_build")?,
        volume_format: row.optional_text("volume_format")?,
        filevault: row.optional_text("filevault")?,
        chain: row.text("chain")?,
        holders: row.count("holders")?,
        accounts: row.count("accounts")?,
    };
    Ok(Some(Observed { at, digest, summary }))
}
