//! `GET /api/v1/actions`: actions, newest first.
#![expect(unused_qualifications, reason = "what utoipa writes for `params(Wanted)`")]

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::action::{self, Filter};
use trust::action::ActionState;
use trust::id::DeviceId;
use utoipa::IntoParams;

use super::view::ActionView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::QueryOf;
use crate::page::{self, Page};
use crate::problem::Problem;

/// Which actions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those of this device.
    device_id: Option<String>,
    /// Only those in this state.
    state: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many a page has: 1 to 500, 50 unless told.
    limit: Option<u32>,
}

impl Wanted {
    /// The filter that finds them.
    pub(crate) fn filter(&self) -> Result<Filter, Problem> {
        let device_id: Option<DeviceId> = match &self.device_id {
            None => None,
            Some(text) => Some(
                text.parse()
                    .map_err(|_| Problem::invalid("device_id", "is a UUID"))?,
            ),
        };
        let state = match &self.state {
            None => None,
            Some(word) => Some(ActionState::from_word(word).ok_or_else(|| {
                let rule =
                    "is one of queued, offered, running, succeeded, failed, refused, expired, cancelled";
                Problem::invalid("state", rule)
            })?),
        };
        Ok(Filter {
            device_id,
            state,
            before: page::read_cursor(self.cursor.as_deref())?,
            limit: page::limit(self.limit)?,
        })
    }
}

/// Lists actions, newest first.
#[utoipa::path(get, path = "/api/v1/actions", tag = "actions", params(Wanted), responses(
    (status = 200, description = "A page of actions", body = Page<ActionView>),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list_actions(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<Page<ActionView>>, Problem> {
    page_of(&app, &caller, wanted.filter()?).await.map(Json)
}

/// A page of the actions that `filter` finds.
pub(crate) async fn page_of(app: &App, caller: &Caller, filter: Filter) -> Result<Page<ActionView>, Problem> {
    super::expire_due(app).await?;
    let limit = filter.limit;
    let asked = Filter {
        limit: limit + 1,
        ..filter
    };
    let found = action::list(&app.store, caller.organization_id, &asked).await?;
    Ok(Page::cut(
        found,
        limit,
        |action| (action.created_at, action.envelope.id),
        ActionView::from,
    ))
}
