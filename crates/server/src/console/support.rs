//! `GET /support`: what to hand on to somebody who helps from outside.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::components::{crumbs, query};
use super::{Page, Place, Visitor};
use crate::app::SharedApp;
use crate::input::QueryOf;
use crate::problem::Problem;

/// Where the page is.
pub(super) const ADDRESS: &str = "/support";

/// What it is about.
#[derive(Deserialize)]
pub(crate) struct Asked {
    /// A device's id.
    device: Option<String>,
}

/// Tells what a support bundle is, and offers it.
pub(crate) async fn show_support(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    let device = match &asked.device {
        Some(id) => Some(crate::devices::find(&app, &visitor.caller, id).await?),
        None => None,
    };
    let id = device.as_ref().map(|device| device.id.to_string());
    let bundle = format!("/api/v1/support-bundle{}", query(&[("device", id.as_deref())]));
    let page = Page {
        title: "Support bundle",
        visitor: Some(&visitor),
        place: Place::Elsewhere,
        contents: html! {
            div.narrow {
                @if let Some(device) = &device {
                    (crumbs(&[
                        ("Manage", Some("/".to_owned())),
                        (&device.name, Some(format!("/devices/{}", device.id))),
                    ]))
                }
                h1 { "Support bundle" }
                p.lead {
                    "One file for somebody who helps from outside: versions, states, findings, what was asked and how it ended"
                    @if let Some(device) = &device { ", of " strong { (device.name) } }
                    "."
                }
                ul {
                    li { "Accounts, people, tokens and Macs go by numbers such as " code { "account-3" } ", which mean nothing outside the file." }
                    li { "Serial numbers, addresses, reasons, keys and passwords are not in it." }
                    li { "Models and versions are. Read the file before you hand it on: it is plain text." }
                }
                p.buttons { a.button-like.primary href=(bundle) download="bestow-support.json" { "Download" } }
                p.hint { "On the command line: " code { "bestow support-bundle" } "." }
            }
        },
    };
    Ok(page.render())
}
