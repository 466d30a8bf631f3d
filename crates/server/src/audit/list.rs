//! `GET /api/v1/audit`: who changed or revealed what, newest first.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::audit::Entry;
use trust::id::DeviceId;
use trust::time::Timestamp;
use utoipa::{IntoParams, ToSchema};

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::Problem;

/// Which entries are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditEntry {
    /// Its place in the log.
    seq: i64,
    /// When it was done.
    at: Timestamp,
    /// Who did it: `api_token:<name>`, `person:<name>`, `device:<id>`, `server` or `operator`.
    actor: String,
    /// What was done, such as `action.accepted`.
    verb: String,
    /// To which device.
    #[schema(value_type = Option<String>, format = "uuid")]
    device_id: Option<DeviceId>,
    /// To what: an action's id, a serial number, a token's name.
    subject: Option<String>,
    /// Why, in the actor's words.
    reason: Option<String>,
    /// What more there is to tell; never a secret.
    detail: Option<String>,
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            actor: entry.actor,
            verb: entry.verb,
            device_id: entry.device_id,
            subject: entry.subject,
            reason: entry.reason,
            detail: entry.detail,
        }
    }
}

/// Lists the audit log, newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(Wanted), responses(
    (status = 200, description = "A page of entries", body = Page<AuditEntry>),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_audit(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<AuditEntry>>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let before = page::read_cursor(wanted.cursor.as_deref())?;
    let found = store::audit::list(&app.store, caller.organization_id, before, limit + 1).await?;
    Ok(Json(Page::cut(found, limit, |entry| entry.seq, AuditEntry::from)))
}
