//! The policies of an organisation that are a number of days. Each has a table of its own, with one row at most for an
//! organisation.

use sqlx::AnyConnection;
use trust::attention::Grace;
use trust::escrow::{Retention, Schedule};
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store, finding_refresh};

/// A policy as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing<D> {
    /// What is decided; the usual until somebody does.
    pub days: D,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
}

/// A number of days that an organisation decides: what it is called, and where it is kept.
pub trait DaysPolicy: Copy + Default + PartialEq + TryFrom<u16> + Into<u16> + Send + Sync + 'static {
    /// The word for it, as it stands in the audit log.
    const WORD: &'static str;

    /// Its table.
    const TABLE: &'static str;

    /// Reads the columns `days` and `changed_at` of the organisation `$1`.
    const FIND: &'static str;

    /// Writes the row of the organisation `$1`: `$2` days, decided at `$3`.
    const SET: &'static str;

    /// Whether Macs have findings by it, so that they are diagnosed anew when it changes.
    const HAS_FINDINGS: bool;

    /// What the audit log says of so many days.
    fn in_words(self) -> String;
}

impl DaysPolicy for Grace {
    const WORD: &'static str = "needs_attention";
    const TABLE: &'static str = "needs_attention_policy";
    const FIND: &'static str =
        "SELECT after_days AS days, changed_at FROM needs_attention_policy WHERE organization_id = $1";
    const SET: &'static str = "INSERT INTO needs_attention_policy (organization_id, after_days, changed_at) \
        VALUES ($1, $2, $3) ON CONFLICT (organization_id) DO UPDATE SET \
        after_days = excluded.after_days, changed_at = excluded.changed_at";
    const HAS_FINDINGS: bool = false;

    fn in_words(self) -> String {
        format!("after {} days", self.days())
    }
}

impl DaysPolicy for Retention {
    const WORD: &'static str = "vault_retention";
    const TABLE: &'static str = "vault_retention";
    const FIND: &'static str = "SELECT days, changed_at FROM vault_retention WHERE organization_id = $1";
    const SET: &'static str = "INSERT INTO vault_retention (organization_id, days, changed_at) \
        VALUES ($1, $2, $3) ON CONFLICT (organization_id) DO UPDATE SET \
        days = excluded.days, changed_at = excluded.changed_at";
    const HAS_FINDINGS: bool = false;

    fn in_words(self) -> String {
        format!("{} days", self.days())
    }
}

impl DaysPolicy for Schedule {
    const WORD: &'static str = "recovery_key";
    const TABLE: &'static str = "recovery_key_policy";
    const FIND: &'static str =
        "SELECT rotate_every_days AS days, changed_at FROM recovery_key_policy WHERE organization_id = $1";
    const SET: &'static str = "INSERT INTO recovery_key_policy (organization_id, rotate_every_days, changed_at) \
        VALUES ($1, $2, $3) ON CONFLICT (organization_id) DO UPDATE SET \
        rotate_every_days = excluded.rotate_every_days, changed_at = excluded.changed_at";
    const HAS_FINDINGS: bool = true;

    fn in_words(self) -> String {
        match self.days() {
            0 => "never".to_owned(),
            days => format!("every {days} days"),
        }
    }
}

/// How a policy of an organisation stands.
pub async fn find<D: DaysPolicy>(store: &Store, organization_id: OrganizationId) -> Result<Standing<D>> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id).await
}

pub(crate) async fn find_in<D: DaysPolicy>(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
) -> Result<Standing<D>> {
    let row = sqlx::query(D::FIND)
        .bind(organization_id.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Standing::default());
    };
    let row = Row::new(D::TABLE, &row);
    Ok(Standing {
        days: read_days(row, "days")?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// What is decided, by a column; where that is null, nobody has decided, and it is the usual.
pub(crate) fn read_days<D: DaysPolicy>(row: Row<'_>, column: &'static str) -> Result<D> {
    let Some(days) = row.optional_number(column)? else {
        return Ok(D::default());
    };
    let days = u16::try_from(days).map_err(|_| row.inconsistent(column))?;
    D::try_from(days).map_err(|_| row.inconsistent(column))
}

/// Decides a policy. What is so already stays as it is, and is not told in the audit log again. Where Macs have findings by
/// it, they are diagnosed anew from then on, a few at a time.
pub async fn set<D: DaysPolicy>(
    store: &Store,
    request: &Request,
    days: D,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(&(request, days, reason), |tx, (request, days, reason)| {
            Box::pin(set_in(tx, request, *days, *reason))
        })
        .await
}

async fn set_in<D: DaysPolicy>(
    tx: &mut AnyConnection,
    request: &Request,
    days: D,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    if find_in::<D>(tx, organization_id).await?.days == days {
        return Ok(Known::New);
    }
    let number: u16 = days.into();
    sqlx::query(D::SET)
        .bind(organization_id.to_string())
        .bind(i64::from(number))
        .bind(request.at.as_millis())
        .execute(&mut *tx)
        .await?;
    if D::HAS_FINDINGS {
        finding_refresh::begin_in(tx, organization_id).await?;
    }
    let entry = NewEntry {
        subject: Some(D::WORD.to_owned()),
        reason,
        detail: Some(days.in_words()),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
