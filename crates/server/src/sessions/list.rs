//! `GET /api/v1/sessions`: who is signed in.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::session::Listed;
use trust::id::{PersonId, SessionId};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// One time that somebody is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// The id.
    #[schema(value_type = String, format = "uuid")]
    id: SessionId,
    /// Who is signed in.
    person: String,
    /// That person; none when a link of the server's operator led here.
    #[schema(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// From which address it was begun, where that is known.
    address: Option<String>,
    /// Whether it is the one that asks.
    is_own: bool,
    /// When it began.
    created_at: Timestamp,
    /// When it ends unless it is used before.
    expires_at: Timestamp,
}

impl SessionView {
    fn of(session: Listed, caller: &Caller) -> Self {
        Self {
            is_own: caller.session_id == Some(session.id),
            id: session.id,
            person: session.person,
            person_id: session.person_id,
            address: session.address,
            created_at: session.created_at,
            expires_at: session.expires_at,
        }
    }
}

/// Everybody who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sessions {
    /// The sessions, newest first; the first 1000.
    items: Vec<SessionView>,
}

/// Lists who is signed in.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "people", responses(
    (status = 200, description = "Everybody who is signed in", body = Sessions),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn list_sessions(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<Sessions>, Problem> {
    let sessions = store::session::list(&app.store, caller.organization_id, app.now()).await?;
    let shown = sessions
        .into_iter()
        .map(|session| SessionView::of(session, &caller));
    Ok(Json(Sessions {
        items: shown.collect(),
    }))
}
