//! `GET /devices/{id}/recovery-key`: the page.

use axum::extract::State;
use maud::{Markup, html};
use store::device::Device;
use trust::access::Permission;

use super::{KIND, address};
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, allowed, crumbs, facts, optional_moment, section};
use crate::console::kept_secret::{Came, Kept, asking, shown, state_badge, versions_table};
use crate::console::order::kind::OrderKind;
use crate::console::{Page, Place, Visitor, vault};
use crate::escrow::Wanted;
use crate::escrow::view::{EscrowView, view};
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows what is kept of a recovery key.
pub(crate) async fn show_recovery_key(
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
    let wanted = Wanted::of(device, KIND);
    let escrow = view(app, device, KIND).await?;
    let kept = Kept {
        wanted,
        escrow: &escrow,
        address: &address(device),
        has_device: true,
    };
    let page = Page {
        title: &format!("Recovery key · {}", device.name),
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                (&device.name, Some(format!("/devices/{}", device.id))),
            ]))
            h1 { "Recovery key" }
            (shown(came))
            p.lead { (state_badge(escrow.state)) " " (escrow.summary) }
            (standing(device, &escrow))
            (allowed(visitor, Permission::Act, rotate(device)))
            @if !escrow.versions.is_empty() {
                p { a href=(vault::address(&device.serial_number, KIND)) { "This line in the vault, with its legal hold" } }
                (asking(app, visitor, &kept, came).await?)
                (section("versions", "Every version", versions_table(&escrow.versions)))
            }
        },
    };
    Ok(page.render())
}

fn standing(device: &Device, kept: &EscrowView) -> Markup {
    facts(&[
        Fact::new("Mac", &device.name),
        Fact::mono("Serial number", &device.serial_number),
        Fact::optional("Version", kept.version),
        Fact::new("Proved to open the disk", optional_moment(kept.proved_at)),
        Fact::new("To be replaced after", optional_moment(kept.rotate_after)),
    ])
}

/// The way to the form that orders another key.
fn rotate(device: &Device) -> Markup {
    let kind = OrderKind::RotateRecoveryKey;
    html! { p.buttons { a.button-like href={ "/devices/" (device.id) "/" (kind.slug()) } { (kind.label()) } } }
}
