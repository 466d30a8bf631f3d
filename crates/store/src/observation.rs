//! The last observation of each device.

use sqlx::AnyConnection;
use trust::attention::Attention;
use trust::id::{DeviceId, OrganizationId};
use trust::observation::Observation;
use trust::resilience::Kept;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::device::{Observed, index_in};
use crate::enrolment_record::KeptRecord;
use crate::finding::{self, KeptFinding, KeptServiceAccount};
use crate::resilience::{self, KeptResilience};
use crate::row::{Row, to_json};
use crate::{Result, Store, attention, finding_due, primary_user, service_account_policy};

/// An observation to keep, with what lists copy from it.
#[derive(Debug, Clone)]
pub struct NewObservation<'a> {
    /// The device's organisation.
    pub organization_id: OrganizationId,
    /// The device.
    pub device_id: DeviceId,
    /// The whole of it.
    pub observation: &'a Observation,
    /// When it came, its digest, and its summary.
    pub observed: Observed,
    /// Who the policy "token for primary users" speaks of on this device, as the findings were diagnosed.
    pub primary_user: Option<KeptRecord>,
    /// What was diagnosed from it.
    pub findings: Vec<KeptFinding>,
    /// How the service account stands.
    pub service_account: KeptServiceAccount,
    /// Why the device needs attention.
    pub attention: Attention,
    /// How well the device stands.
    pub resilience: KeptResilience,
    /// What the vault kept of it when all that was diagnosed.
    pub kept: Kept,
    /// How tokens differ from the observation before, for the log.
    pub token_changes: Vec<TokenChange>,
}

/// A token that is not worth what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenChange {
    /// Record name of the account.
    pub account: String,
    /// What it was worth and what it is worth now, such as `absent -> usable`.
    pub change: String,
}

/// Keeps an observation in the place of the one before.
pub async fn save(store: &Store, new: &NewObservation<'_>) -> Result<()> {
    store.write(new, |tx, new| Box::pin(save_in(tx, new))).await
}

/// Keeps an observation as part of a transaction.
pub(crate) async fn save_in(tx: &mut AnyConnection, new: &NewObservation<'_>) -> Result<()> {
    let json = to_json("observation", new.observation)?;
    sqlx::query(
        "INSERT INTO observation (organization_id, device_id, observed_at, json) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (device_id) DO UPDATE SET observed_at = excluded.observed_at, json = excluded.json",
    )
    .bind(new.organization_id.to_string())
    .bind(new.device_id.to_string())
    .bind(new.observed.at.as_millis())
    .bind(json)
    .execute(&mut *tx)
    .await?;
    let summary = &new.observed.summary;
    let row = sqlx::query(
        "UPDATE device SET observed_at = $2, observation_digest = $3, model = $4, chip = $5, os_version = $6, \
         os_build = $7, volume_format = $8, filevault = $9, chain = $10, holders = $11, accounts = $12 \
         WHERE id = $1 RETURNING serial_number",
    )
    .bind(new.device_id.to_string())
    .bind(new.observed.at.as_millis())
    .bind(new.observed.digest.as_str())
    .bind(summary.model.clone())
    .bind(summary.chip.clone())
    .bind(summary.os_version.clone())
    .bind(summary.os_build.clone())
    .bind(summary.volume_format.clone())
    .bind(summary.filevault.clone())
    .bind(summary.chain.as_str())
    .bind(i64::try_from(summary.holders).unwrap_or(i64::MAX))
    .bind(i64::try_from(summary.accounts).unwrap_or(i64::MAX))
    .fetch_one(&mut *tx)
    .await?;
    let serial_number = Row::new("device", &row).text("serial_number")?;
    index_in(tx, new.device_id).await?;
    finding::replace_in(
        tx,
        new.organization_id,
        new.device_id,
        &new.findings,
        &new.service_account,
    )
    .await?;
    attention::replace_in(tx, new.device_id, &new.attention, new.observed.at).await?;
    resilience::replace_in(tx, new.organization_id, new.device_id, &new.resilience).await?;
    let settings = service_account_policy::settings_in(tx, new.device_id).await?;
    if primary_user_in(tx, new, &serial_number).await? != new.primary_user
        || settings != new.service_account.settings
        || resilience::kept_in(tx, new.organization_id, &serial_number).await? != new.kept
    {
        // Somebody changed what the findings were diagnosed with, while they were.
        finding_due::ask_in(tx, new.device_id).await?;
    }
    for change in &new.token_changes {
        let entry = NewEntry {
            organization_id: new.organization_id,
            at: new.observed.at,
            actor: &Actor::Device(new.device_id),
            verb: Verb::TokenChanged,
            device_id: Some(new.device_id),
            subject: Some(change.account.clone()),
            reason: None,
            detail: Some(change.change.clone()),
        };
        audit::append(tx, entry).await?;
    }
    Ok(())
}

/// Who the policy speaks of now, on the Mac of this serial number.
async fn primary_user_in(
    tx: &mut AnyConnection,
    new: &NewObservation<'_>,
    serial_number: &str,
) -> Result<Option<KeptRecord>> {
    match serial_number.parse() {
        Ok(number) => primary_user::find_in(tx, new.organization_id, &number).await,
        Err(_) => Ok(None),
    }
}

/// The last observation of a device.
pub async fn find(store: &Store, device_id: DeviceId) -> Result<Option<Observation>> {
    let row = sqlx::query("SELECT json FROM observation WHERE device_id = $1")
        .bind(device_id.to_string())
        .fetch_optional(store.readers())
        .await?;
    row.as_ref()
        .map(|row| Row::new("observation", row).json("json"))
        .transpose()
}
