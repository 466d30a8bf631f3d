//! `GET /vault/{serial_number}/{kind}`: a line, what happened to it, and what somebody may do with it.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::escrow::KeptLine;
use trust::access::Permission;

use super::list::until;
use super::{ADDRESS, address, decisions, enter_address, hold};
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, allowed, crumbs, facts, optional_moment, section};
use crate::console::kept_secret::{Came, Kept, asking, shown, state_badge, versions_table};
use crate::console::{Page, Place, Visitor};
use crate::escrow::Wanted;
use crate::input::{PathOfTwo, QueryOf};
use crate::problem::Problem;
use crate::vault_lines::find;
use crate::vault_lines::view::{VaultLineDetail, VaultLineView, detail};

/// What follows the address of a line in which a password was just entered.
pub(super) const ENTERED: &str = "?entered=true";

/// How somebody comes here.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// Whether the visitor has just entered a password.
    #[serde(default)]
    entered: bool,
}

/// Shows a line.
pub(crate) async fn show_line(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOfTwo(serial_number, kind): PathOfTwo,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    let kept = find(&app, &visitor.caller, &serial_number, &kind).await?;
    let after = After {
        entered: asked.entered,
        ..After::default()
    };
    page(&app, &visitor, kept, &after).await
}

/// What the visitor has just done on the page, or on the way to it.
#[derive(Default)]
pub(super) struct After<'a> {
    /// A password was entered.
    pub entered: bool,
    /// What came of the form that asks.
    pub came: Came,
    /// What was wrong with the reason for a legal hold.
    pub wrong_hold: Option<&'a str>,
}

/// The page.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    kept: KeptLine,
    after: &After<'_>,
) -> Result<Markup, Problem> {
    let came = &after.came;
    let organization_id = visitor.caller.organization_id;
    let line = detail(app, organization_id, kept.clone()).await?;
    let shows = Kept {
        wanted: Wanted::of_line(&kept, organization_id),
        escrow: &line.escrow,
        address: &address(&kept.serial_number, kept.kind),
        has_device: kept.has_device,
    };
    let page = Page {
        title: &format!("{} · {}", kept.kind.label(), kept.serial_number),
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[("Manage", Some("/".to_owned())), above(&line.line)]))
            h1 { (kept.kind.label()) " of " (kept.serial_number) }
            @if after.entered { div.notice.good role="status" { p { strong { "Kept." } } } }
            (shown(came))
            p.lead { (state_badge(line.line.state)) " " (line.escrow.summary) }
            (standing(&line.line))
            @if kept.kind.is_entered() {
                p.buttons { a.button-like href=(enter_address(&kept.serial_number, Some(kept.kind))) { "Enter another one" } }
            }
            (asking(app, visitor, &shows, came).await?)
            (section("versions", "Every version", versions_table(&line.escrow.versions)))
            (section("legal-hold", "Legal hold", legal_hold(app, visitor, &line, after.wrong_hold)))
            (section("decisions", "Decisions", decisions::table(&line.decisions)))
        },
    };
    Ok(page.render())
}

/// The page above it: that of its Mac, or the list of what has none.
fn above(line: &VaultLineView) -> (&'static str, Option<String>) {
    match line.device_id {
        Some(id) => ("The Mac", Some(format!("/devices/{id}"))),
        None => ("Kept without a Mac", Some(ADDRESS.to_owned())),
    }
}

fn standing(line: &VaultLineView) -> Markup {
    let mac = line.device_id.map(|id| {
        html! { a href={ "/devices/" (id) } { "is looked after" } }
    });
    facts(&[
        Fact::mono("Serial number", &line.serial_number),
        Fact::optional("Was called", line.device_name.as_deref()),
        Fact::new(
            "Mac",
            mac.unwrap_or_else(|| html! { "none of this serial number" }),
        ),
        Fact::new("Forgotten", optional_moment(line.forgotten_at)),
        Fact::new("Kept until", until(line)),
    ])
}

fn legal_hold(app: &App, visitor: &Visitor, line: &VaultLineDetail, wrong: Option<&str>) -> Markup {
    let form = hold::form(app, visitor, &line.line, wrong);
    html! {
        @if let Some(at) = line.line.held_since { p { "Nothing of this line is destroyed since " (optional_moment(Some(at))) "." } }
        @else { p { "No hold is set: what is kept of a forgotten Mac is destroyed when its time has run out." } }
        (allowed(visitor, Permission::LegalHold, form))
    }
}
