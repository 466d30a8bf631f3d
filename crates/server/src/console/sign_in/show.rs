//! `GET /sign-in`: the form, with what else leads in.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use super::Form;
use crate::app::SharedApp;
use crate::console::refusal::how_to_sign_in;
use crate::console::{Page, Place, Visitor};

/// Shows the form to whoever is not signed in.
pub(crate) async fn show_sign_in(State(_): State<SharedApp>, visitor: Option<Visitor>) -> Response {
    if visitor.is_some() {
        return Redirect::to("/").into_response();
    }
    let form = Form {
        name: "",
        then: "/",
        error: None,
    };
    page(&form).into_response()
}

/// The page with the form.
pub(super) fn page(form: &Form<'_>) -> Markup {
    let page = Page {
        title: "Sign in",
        visitor: None,
        place: Place::Elsewhere,
        contents: html! {
            div.narrow {
                h1 { "Sign in" }
                (form.render())
                details {
                    summary { "No name, or no password?" }
                    p { "An owner invites people, and makes a new invitation for whoever has forgotten the password." }
                    (how_to_sign_in())
                }
            }
        },
    };
    page.render()
}
