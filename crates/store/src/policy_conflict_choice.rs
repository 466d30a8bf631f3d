//! The last way that somebody chose past a password policy that leaves no password for a Mac's service account. Its time is
//! what asks the Mac's agent to try again: [`Settings::try_again_at`](trust::service_account::Settings).

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::service_account::policy_conflict::{ObstructingRule, Workaround};
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::{Row, to_json};
use crate::{Result, Store, finding_due};

/// A choice as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptChoice {
    /// What was chosen.
    pub workaround: Workaround,
    /// When.
    pub at: Timestamp,
    /// By whom: [`Actor`](crate::actor::Actor) as text.
    pub by: String,
    /// Why, in that one's words.
    pub reason: Option<String>,
    /// The rules that stood in the way.
    pub rules: Vec<ObstructingRule>,
}

/// A choice to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewChoice<'a> {
    /// The device.
    pub device_id: DeviceId,
    /// What is chosen.
    pub workaround: Workaround,
    /// Why, in the chooser's words.
    pub reason: Option<&'a str>,
    /// The rules that stand in the way.
    pub rules: &'a [ObstructingRule],
}

/// Keeps a choice in the place of the one before. The device is diagnosed by it anew.
pub async fn choose(store: &Store, request: &Request, new: &NewChoice<'_>) -> Result<Known> {
    store
        .write(&(request, new), |tx, (request, new)| {
            Box::pin(choose_in(tx, request, new))
        })
        .await
}

async fn choose_in(tx: &mut AnyConnection, request: &Request, new: &NewChoice<'_>) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let rules = to_json("rules", &new.rules)?;
    // Each choice asks the agent to try again, so no two of a device have one time.
    sqlx::query(
        "INSERT INTO policy_conflict_choice (organization_id, device_id, chosen_at, chosen_by, workaround, reason, rules) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (device_id) DO UPDATE SET \
         chosen_at = CASE WHEN excluded.chosen_at > policy_conflict_choice.chosen_at THEN excluded.chosen_at \
         ELSE policy_conflict_choice.chosen_at + 1 END, \
         chosen_by = excluded.chosen_by, workaround = excluded.workaround, reason = excluded.reason, \
         rules = excluded.rules",
    )
    .bind(request.organization_id.to_string())
    .bind(new.device_id.to_string())
    .bind(request.at.as_millis())
    .bind(request.actor.to_string())
    .bind(new.workaround.word())
    .bind(new.reason.map(str::to_owned))
    .bind(rules.as_str())
    .execute(&mut *tx)
    .await?;
    finding_due::ask_in(tx, new.device_id).await?;
    let entry = NewEntry {
        device_id: Some(new.device_id),
        subject: Some(new.workaround.word().to_owned()),
        reason: new.reason,
        detail: Some(rules),
        ..NewEntry::of(request, Verb::PolicyConflictChosen)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}

/// The last choice for a device; `None` when there was none.
pub async fn find(
    store: &Store,
    organization_id: OrganizationId,
    device_id: DeviceId,
) -> Result<Option<KeptChoice>> {
    let row =
        sqlx::query("SELECT * FROM policy_conflict_choice WHERE organization_id = $1 AND device_id = $2")
            .bind(organization_id.to_string())
            .bind(device_id.to_string())
            .fetch_optional(store.readers())
            .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("policy_conflict_choice", row);
            Ok(KeptChoice {
                workaround: row.word("workaround", Workaround::from_word)?,
                at: row.time("chosen_at")?,
                by: row.text("chosen_by")?,
                reason: row.optional_text("reason")?,
                rules: row.json("rules")?,
            })
        })
        .transpose()
}
