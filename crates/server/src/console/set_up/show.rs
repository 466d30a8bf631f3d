//! `GET /set-up`: the form, for whoever has no name yet.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::page::page;
use crate::app::SharedApp;
use crate::console::Visitor;
use crate::console::choose_password::ChoosePassword;
use crate::console::components::Errors;
use crate::console::own_form::fresh_key;

/// Shows the form. Who has a name already is led on.
pub(crate) async fn show_set_up(State(app): State<SharedApp>, visitor: Visitor) -> Response {
    if visitor.caller.person_id.is_some() || visitor.caller.session_id.is_none() {
        return Redirect::to("/").into_response();
    }
    let fields = ChoosePassword {
        name: Some(""),
        errors: Errors::new(),
    };
    page(&visitor, &fields, &fresh_key(&app)).into_response()
}
