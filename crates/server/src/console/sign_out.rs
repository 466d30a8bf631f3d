//! `POST /sign-out`: a session ends. `GET /signed-out`: the page that says so.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect};
use maud::{Markup, html};

use super::own_form::OwnForm;
use super::refusal::how_to_sign_in;
use super::{Page, Place};
use crate::app::SharedApp;
use crate::identity::cookie::forget_session;
use crate::problem::Problem;

/// Where the button leads.
pub(super) const ADDRESS: &str = "/sign-out";

/// Ends the session whose page the form stands on.
pub(crate) async fn sign_out(
    State(app): State<SharedApp>,
    OwnForm { visitor, .. }: OwnForm,
) -> Result<impl IntoResponse, Problem> {
    if let Some(hash) = &visitor.session_hash {
        store::session::end(&app.store, hash, app.now()).await?;
        app.events.session_ended(hash);
    }
    let cookie = forget_session(app.settings.secure_cookies);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/signed-out")))
}

/// Says that nobody is signed in any more, and how to come back.
pub(crate) async fn show_signed_out() -> Markup {
    let page = Page {
        title: "Signed out",
        visitor: None,
        place: Place::Elsewhere,
        contents: html! {
            div.narrow {
                h1 { "You are signed out" }
                p.lead { "This browser can no longer open the console." }
                (how_to_sign_in())
            }
        },
    };
    page.render()
}
