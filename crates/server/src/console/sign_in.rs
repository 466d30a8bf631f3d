//! `GET /sign-in/{link}`: a link is used up, and a session begins.

use std::time::Duration;

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use store::sign_in_link::{SignIn, follow};
use trust::code::Code;

use crate::app::SharedApp;
use crate::identity::cookie::set_session;
use crate::input::PathOf;
use crate::problem::Problem;
use crate::token::{self, Purpose};

/// How long a session lasts.
const SESSION_LASTS: Duration = Duration::from_hours(12);

/// Signs in and leads to the devices. A link that was used, or is too old, signs nobody in.
pub(crate) async fn sign_in(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
) -> Result<impl IntoResponse, Problem> {
    let session = token::new(Purpose::Session, &app.entropy);
    let now = app.now();
    let sign_in = SignIn {
        link_hash: token::hash(&link),
        session_hash: token::hash(&session),
        at: now,
        session_expires_at: now.plus(SESSION_LASTS),
    };
    if !follow(&app.store, &sign_in).await? {
        return Err(Problem::unauthorized(Code::NotSignedIn));
    }
    let cookie = set_session(&session, SESSION_LASTS, app.settings.secure_cookies);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/")))
}
