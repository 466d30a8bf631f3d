//! `GET /devices/{id}/local-administrator`: the page.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;

use super::failed::in_full;
use super::{KIND, address};
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, allowed, crumbs, facts, optional_moment, section, stamp};
use crate::console::kept_secret::{Came, Kept, asking, shown, state_badge, versions_table};
use crate::console::own_form::fresh_key;
use crate::console::{Page, Place, Visitor, vault};
use crate::escrow::Wanted;
use crate::input::PathOf;
use crate::local_administrator::show::{LocalAdministratorView, local_administrator};
use crate::problem::Problem;

/// Shows what is kept of a local administrator's password, and what failed last or comes next.
pub(crate) async fn show_local_administrator(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &visitor.caller, &id).await?;
    page(&app, &visitor, &device, &Came::Nothing).await
}

/// The page, with what came of its form.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    device: &Device,
    came: &Came,
) -> Result<Markup, Problem> {
    let ours = local_administrator(app, device).await?;
    let escrow = &ours.password;
    let kept = Kept {
        wanted: Wanted::of(device, KIND),
        escrow,
        address: &address(device),
        has_device: true,
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
            (shown(came))
            p.lead { (state_badge(escrow.state)) " " (escrow.summary) }
            (standing(device, &ours))
            @if let Some(outlook) = &ours.outlook { p { (outlook) } }
            @if let Some(failure) = &ours.failure { (in_full(failure)) }
            @if !escrow.versions.is_empty() {
                (allowed(visitor, Permission::Act, replace(app, visitor, device)))
                p { a href=(vault::address(&device.serial_number, KIND)) { "This line in the vault, with its legal hold" } }
                (asking(app, visitor, &kept, came).await?)
                (section("versions", "Every version", versions_table(&escrow.versions)))
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
        form method="post" action={ (address(device)) "/replace" } {
            (stamp(visitor, &fresh_key(app)))
            p.buttons { button type="submit" { "Replace the password now" } }
        }
    }
}
