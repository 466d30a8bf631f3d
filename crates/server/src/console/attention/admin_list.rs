//! `GET /devices/{id}/admin-list`: the administrators of a Mac one of whom can help to the service account that is missing.

use axum::extract::State;
use maud::{Markup, html};

use crate::app::SharedApp;
use crate::console::components::{Table, crumbs, empty};
use crate::console::{Page, Place, Visitor};
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows the list.
pub(crate) async fn show_admin_list(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    let page = Page {
        title: &format!("Admin list · {}", device.name),
        visitor: Some(&visitor),
        place: Place::NeedsAttention,
        contents: html! {
            (crumbs(&[
                ("Needs Attention", Some(super::ADDRESS.to_owned())),
                (&device.name, Some(format!("/devices/{}", device.id))),
            ]))
            h1 { "Admin list" }
            @match &device.attention.admin_list {
                Some(names) => {
                    p.lead {
                        "These administrators hold a Secure Token on " strong { (device.name) } ". When one of them logs in at the "
                        "Mac, its agent makes the service account; nothing has to be clicked here."
                    }
                    (table(names))
                    p {
                        "Nobody of them logs in soon? Give the password of one from here: "
                        a href={ "/devices/" (device.id) "/create-service-account" } { "Create Service Account" } "."
                    }
                }
                None => {
                    (empty("This Mac has a service account or is to have none, or no administrator on it holds a token."))
                }
            }
        },
    };
    Ok(page.render())
}

fn table(names: &[String]) -> Markup {
    let table = Table {
        label: "Administrators that hold a token",
        columns: &["Account"],
        short: true,
        rows: names.iter().map(|name| vec![html! { (name) }]).collect(),
    };
    table.render()
}
