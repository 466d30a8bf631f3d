//! `GET /sign-in/{link}`: a link is used up, and a session begins.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use store::sign_in_link::follow;
use trust::code::Code;

use crate::app::SharedApp;
use crate::console::set_up;
use crate::input::{PathOf, QueryOf};
use crate::problem::Problem;
use crate::sign_in::{Address, NewSession};
use crate::token;

/// What the link says besides.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// Whether it leads to where a name and a password are chosen.
    #[serde(default)]
    set_up: bool,
}

/// Signs in and leads to the devices, or to where a password is chosen. A link that was used, or is too old, signs nobody in.
pub(crate) async fn follow_link(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
    QueryOf(wanted): QueryOf<Wanted>,
    address: Address,
) -> Result<impl IntoResponse, Problem> {
    let session = NewSession::from(&app, address);
    if !follow(&app.store, &token::hash(&link), &session.beginning).await? {
        return Err(Problem::unauthorized(Code::NotSignedIn));
    }
    let next = if wanted.set_up { set_up::ADDRESS } else { "/" };
    Ok((session.cookie(&app), Redirect::to(next)))
}
