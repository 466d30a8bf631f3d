//! `GET /vault/{serial_number}/{kind}`: a line, what happened to it, and what somebody may do with it.

use axum::extract::State;
use maud::{Markup, html};
use store::escrow::KeptLine;
use trust::access::Permission;

use super::list::until;
use super::{ADDRESS, address, decisions, hold};
use crate::app::{App, SharedApp};
use crate::console::components::{Fact, allowed, crumbs, facts, optional_moment, section};
use crate::console::recovery_key::{Asking, reveal_form, shown_key, state_badge, versions_table};
use crate::console::{Page, Place, Visitor};
use crate::escrow::reveal::Shown;
use crate::input::PathOfTwo;
use crate::problem::Problem;
use crate::vault_lines::view::{VaultLineDetail, VaultLineView, detail};
use crate::vault_lines::{find, shows_secrets};

/// Shows a line.
pub(crate) async fn show_line(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOfTwo(serial_number, kind): PathOfTwo,
) -> Result<Markup, Problem> {
    let kept = find(&app, &visitor.caller, &serial_number, &kind).await?;
    page(&app, &visitor, kept, None, Wrong::default()).await
}

/// What was wrong with a form of the page.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Wrong<'a> {
    /// With the reason for showing a secret.
    pub reveal: Option<&'a str>,
    /// With the reason for a legal hold.
    pub hold: Option<&'a str>,
}

/// The page, with what was just shown or what was wrong with a form.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    kept: KeptLine,
    shown: Option<&Shown>,
    wrong: Wrong<'_>,
) -> Result<Markup, Problem> {
    let shows = shows_secrets(&kept).is_ok();
    let line = detail(app, visitor.caller.organization_id, kept).await?;
    let asking = Asking {
        path: address(&line.line.serial_number, line.line.kind),
        heading: "Show it",
        button: "Show it",
        explains: "It is shown once, on the page that answers. Who saw it, when and why stands in the audit log.",
    };
    let page = Page {
        title: &format!("{} · {}", line.line.kind.label(), line.line.serial_number),
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                ("Kept without a Mac", Some(ADDRESS.to_owned())),
            ]))
            h1 { (line.line.kind.label()) " of " (line.line.serial_number) }
            @if let Some(shown) = shown { (shown_key(shown)) }
            p.lead { (state_badge(line.line.state)) " " (line.escrow.summary) }
            (standing(&line.line))
            @if shows && shown.is_none() {
                (reveal_form(app, visitor, &asking, &line.escrow, wrong.reveal))
            }
            (section("versions", "Every version", versions_table(&line.escrow.versions)))
            (section("legal-hold", "Legal hold", legal_hold(app, visitor, &line, wrong.hold)))
            (section("decisions", "Decisions", decisions::table(&line.decisions)))
        },
    };
    Ok(page.render())
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
