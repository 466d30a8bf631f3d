//! `GET /api/v1/bulk-actions/{id}/members`: the devices of a run, each with its result.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(…)`")]

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::bulk_member::{BulkMember, Filter};
use trust::action::ActionState;
use trust::bulk::Readiness;
use trust::code::Code;
use trust::id::{ActionId, BulkRunId, DeviceId};
use trust::time::Timestamp;
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::{PathOf, QueryOf};
use crate::page::{self, Page};
use crate::problem::{Problem, ProblemView};

/// Which devices are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those that lacked this when the run was prepared: `ready`, `needs_credential`, `needs_person` or `done`.
    pub readiness: Option<String>,
    /// Only those whose action is in this state.
    pub state: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    pub limit: Option<u32>,
}

/// A device of a run with its result.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MemberView {
    /// The device.
    #[schema(value_type = String, format = "uuid")]
    pub device_id: DeviceId,
    /// Its name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// What it lacked when the run was prepared.
    pub readiness: Readiness,
    /// Its action, when it got one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub action_id: Option<ActionId>,
    /// Where that action stands.
    pub state: Option<ActionState>,
    /// Whether the run holds it.
    pub held: bool,
    /// How the action ended, or why there is none.
    pub code: Option<Code>,
    /// That code in a line.
    pub code_title: Option<String>,
    /// What more there is to tell about that.
    pub detail: Option<String>,
    /// When the run released the action.
    pub released_at: Option<Timestamp>,
    /// When the agent began.
    pub started_at: Option<Timestamp>,
    /// When the action ended.
    pub finished_at: Option<Timestamp>,
}

impl From<BulkMember> for MemberView {
    fn from(member: BulkMember) -> Self {
        let action = member.action.as_ref();
        let code = action.map_or(member.code, |action| action.code);
        Self {
            device_id: member.device_id,
            device_name: member.device_name,
            serial_number: member.serial_number,
            readiness: member.readiness,
            action_id: action.map(|action| action.id),
            state: action.map(|action| action.state),
            held: action.is_some_and(|action| action.held),
            code,
            code_title: code.map(|code| code.entry().title.to_owned()),
            detail: member.detail,
            released_at: action.and_then(|action| action.released_at),
            started_at: action.and_then(|action| action.started_at),
            finished_at: action.and_then(|action| action.finished_at),
        }
    }
}

/// Lists the devices of a run, each with its result.
#[utoipa::path(get, path = "/api/v1/bulk-actions/{id}/members", tag = "bulk actions", params(("id" = String, Path, description = "The run"), Wanted), responses(
    (status = 200, description = "A page of devices", body = Page<MemberView>),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_bulk_members(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<MemberView>>, Problem> {
    let run = super::find(&app, &caller, &id).await?;
    page_of(&app, run.id, &wanted).await.map(Json)
}

/// The page of a run's devices that is wanted.
pub(crate) async fn page_of(app: &App, id: BulkRunId, wanted: &Wanted) -> Result<Page<MemberView>, Problem> {
    let limit = page::limit(wanted.limit)?;
    let readiness = word(wanted.readiness.as_deref(), Readiness::from_word).ok_or_else(|| {
        let rule = "is `ready`, `needs_credential`, `needs_person` or `done`";
        Problem::invalid("readiness", rule)
    })?;
    let state = word(wanted.state.as_deref(), ActionState::from_word).ok_or_else(|| {
        Problem::invalid(
            "state",
            "is `queued`, `offered`, `running`, `succeeded`, `failed`, `refused`, `expired` or `cancelled`",
        )
    })?;
    let filter = Filter {
        readiness,
        state,
        after: page::read_cursor(wanted.cursor.as_deref())?.unwrap_or_default(),
        limit: limit + 1,
    };
    let found = store::bulk_member::list(&app.store, id, filter).await?;
    Ok(Page::cut(found, limit, |member| member.place, MemberView::from))
}

/// What an optional word means; `None` when it means nothing. An empty one asks for nothing.
fn word<T>(word: Option<&str>, parse: fn(&str) -> Option<T>) -> Option<Option<T>> {
    match word.filter(|word| !word.is_empty()) {
        None => Some(None),
        Some(word) => parse(word).map(Some),
    }
}
