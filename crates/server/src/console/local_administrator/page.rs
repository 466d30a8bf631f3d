//! `GET /devices/{id}/local-administrator`: the page.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;

use super::shown;
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, allowed, crumbs, facts, optional_moment, section, stamp};
use crate::console::own_form::fresh_key;
use crate::console::recovery_key::{Asking, reveal_form, state_badge, versions_table};
use crate::console::{Page, Place, Visitor};
use crate::escrow::reveal::Shown;
use crate::input::PathOf;
use crate::local_administrator::show::{LocalAdministratorView, local_administrator};
use crate::problem::Problem;

/// Shows what is kept of a local administrator's password.
pub(crate) async fn show_local_administrator(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    page(&app, &visitor, &device, None, None).await
}

/// The page, with the password that was just shown or with what was wrong with the reason.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    device: &Device,
    shown: Option<&Shown>,
    wrong: Option<&str>,
) -> Result<Markup, Problem> {
    let ours = local_administrator(app, device).await?;
    let kept = &ours.password;
    let asking = Asking {
        path: format!("/devices/{}/local-administrator", device.id),
        heading: "Show the password",
        button: "Show the password",
        explains: "It is shown once, on the page that answers. Who saw it, when and why stands in the audit log, and an hour later the \
                   Mac is to have another one; a second look does not put that off.",
    };
    let page = Page {
        title: &format!("Local administrator · {}", device.name),
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&device.name, Some(format!("/devices/{}", device.id))),
            ]))
            h1 { "Local administrator" }
            @if let Some(shown) = shown { (shown::password(shown)) }
            p.lead { (state_badge(kept.state)) " " (kept.summary) }
            (standing(device, &ours))
            @if !kept.versions.is_empty() {
                (allowed(visitor, Permission::Act, replace(app, visitor, device)))
                @if shown.is_none() { (reveal_form(app, visitor, &asking, kept, wrong)) }
                (section("versions", "Every version", versions_table(&kept.versions)))
            }
        },
    };
    Ok(page.render())
}

fn standing(device: &Device, ours: &LocalAdministratorView) -> Markup {
    let account = ours.wanted.as_ref().map(|wanted| wanted.account.to_string());
    facts(&[
        Fact::new("Mac", &device.name),
        Fact::optional("Username", account),
        Fact::optional("Version", ours.password.version),
        Fact::new("Proved on the Mac", optional_moment(ours.password.proved_at)),
        Fact::new(
            "To be replaced after",
            optional_moment(ours.password.rotate_after),
        ),
    ])
}

/// The button that asks for another one.
fn replace(app: &App, visitor: &Visitor, device: &Device) -> Markup {
    html! {
        form method="post" action={ "/devices/" (device.id) "/local-administrator/replace" } {
            (stamp(visitor, &fresh_key(app)))
            p.buttons { button type="submit" { "Replace the password now" } }
        }
    }
}
