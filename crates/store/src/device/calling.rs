//! A device as each request of its agent needs it. A check-in that tells nothing new reads nothing else.

use sqlx::any::AnyRow;
use trust::escrow::{Schedule, Standing};
use trust::id::{DeviceId, OrganizationId};
use trust::local_administrator;
use trust::service_account::Settings;
use trust::time::Timestamp;
use wire::identity::DevicePublicKey;

use super::key;
use crate::days_policy::read_days;
use crate::escrow::read_terms_of_device;
use crate::row::Row;
use crate::service_account_policy::read_settings_of_device;
use crate::{Result, Store};

/// The device of an agent that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calling {
    /// Its organisation.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: DeviceId,
    /// Serial number.
    pub serial_number: String,
    /// Version of its agent, as it was last told.
    pub agent_version: String,
    /// The key that it signs with.
    pub signing_key: DevicePublicKey,
    /// Whether it waits for an administrator's approval.
    pub pending: bool,
    /// When its agent was last heard of, as far as that was written.
    pub last_seen_at: Option<Timestamp>,
    /// Digest of its last observation; `None` when there was none.
    pub observation_digest: Option<String>,
    /// Whether any of its actions has not ended.
    pub has_open_actions: bool,
    /// What its organisation wants of the service account on it.
    pub service_account: Settings,
    /// Where its recovery key stands, as far as its agent acts by it.
    pub recovery_key: Standing,
    /// How often its organisation wants another one.
    pub recovery_key_schedule: Schedule,
    /// What its organisation wants of the local administrator on it; `None` where it wants none.
    pub local_administrator: Option<LocalAdministrator>,
}

/// What the local administrator of a device is to be like, and where its password stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAdministrator {
    /// What it is to be like.
    pub settings: local_administrator::Settings,
    /// The version that is in force, as far as is known.
    pub version: Option<u32>,
    /// From when on another password is wanted.
    pub rotate_after: Option<Timestamp>,
}

/// The device of this id, in whichever organisation; devices that were replaced are left out.
pub async fn find_calling(store: &Store, id: DeviceId) -> Result<Option<Calling>> {
    let row = sqlx::query(
        "SELECT device.organization_id, device.serial_number, agent_version, signing_key, pending, last_seen_at, \
         observation_digest, \
         CASE WHEN EXISTS (SELECT 1 FROM action WHERE action.device_id = device.id \
         AND action.state IN ('queued', 'offered', 'running')) THEN 1 ELSE 0 END AS has_open_actions, \
         CASE WHEN EXISTS (SELECT 1 FROM service_account_exclusion WHERE device_id = device.id) \
         THEN 0 ELSE wanted END AS wanted, \
         service_account_policy.rotate_every_days, excluded_accounts, on_off_policy.enabled AS promotes, \
         policy_conflict_choice.chosen_at AS try_again_at, \
         escrow_standing.state AS escrow_state, escrow_standing.current_version, escrow_standing.current_since, \
         escrow_standing.proved_at, escrow_standing.rotate_after, \
         local_administrator_policy.settings AS local_administrator, \
         password_standing.current_version AS password_version, \
         password_standing.rotate_after AS rotate_password_after, \
         recovery_key_policy.rotate_every_days AS rotate_key_every_days FROM device \
         LEFT JOIN service_account_policy ON service_account_policy.organization_id = device.organization_id \
         LEFT JOIN on_off_policy ON on_off_policy.organization_id = device.organization_id \
         AND on_off_policy.policy = 'promote_administrators' \
         LEFT JOIN policy_conflict_choice ON policy_conflict_choice.device_id = device.id \
         LEFT JOIN escrow_standing ON escrow_standing.organization_id = device.organization_id \
         AND escrow_standing.serial_number = device.serial_number \
         AND escrow_standing.kind = 'personal_recovery_key' \
         LEFT JOIN local_administrator_policy ON local_administrator_policy.organization_id = device.organization_id \
         LEFT JOIN escrow_standing AS password_standing ON password_standing.organization_id = device.organization_id \
         AND password_standing.serial_number = device.serial_number \
         AND password_standing.kind = 'local_administrator_password' \
         LEFT JOIN recovery_key_policy ON recovery_key_policy.organization_id = device.organization_id \
         WHERE device.id = $1 AND replaced_by IS NULL",
    )
    .bind(id.to_string())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref().map(|row| read(id, row)).transpose()
}

fn read(id: DeviceId, row: &AnyRow) -> Result<Calling> {
    let row = Row::new("device", row);
    Ok(Calling {
        organization_id: row.id("organization_id")?,
        id,
        serial_number: row.text("serial_number")?,
        agent_version: row.text("agent_version")?,
        signing_key: DevicePublicKey(row.word("signing_key", key)?),
        pending: row.flag("pending")?,
        last_seen_at: row.optional_time("last_seen_at")?,
        observation_digest: row.optional_text("observation_digest")?,
        has_open_actions: row.flag("has_open_actions")?,
        service_account: read_settings_of_device(row)?,
        recovery_key: read_terms_of_device(row)?,
        recovery_key_schedule: read_days(row, "rotate_key_every_days")?,
        local_administrator: read_local_administrator(row)?,
    })
}

fn read_local_administrator(row: Row<'_>) -> Result<Option<LocalAdministrator>> {
    let Some(settings) = row.optional_json("local_administrator")? else {
        return Ok(None);
    };
    Ok(Some(LocalAdministrator {
        settings,
        version: row.optional_small("password_version")?,
        rotate_after: row.optional_time("rotate_password_after")?,
    }))
}
