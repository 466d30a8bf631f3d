//! `GET /sessions`: everybody who is signed in.

use axum::extract::State;
use maud::{Markup, html};
use trust::access::Permission;

use super::{ADDRESS, table};
use crate::app::SharedApp;
use crate::console::own_form::fresh_key;
use crate::console::people::tabs;
use crate::console::{Page, Place, Visitor};
use crate::problem::Problem;

/// Shows who is signed in.
pub(crate) async fn show_sessions(State(app): State<SharedApp>, visitor: Visitor) -> Result<Markup, Problem> {
    let sessions = store::session::list(&app.store, visitor.caller.organization_id, app.now()).await?;
    let may = visitor.may(Permission::ManagePeople);
    let page = Page {
        title: "Sessions",
        visitor: Some(&visitor),
        place: Place::People,
        contents: html! {
            h1 { "Sessions" }
            (tabs(ADDRESS))
            p.lead { "Who is signed in to the console, and from where. A session ends after twelve hours by itself." }
            (table(&sessions, &visitor, &fresh_key(&app), |id| may.then(|| format!("{ADDRESS}/{id}/end"))))
        },
    };
    Ok(page.render())
}
